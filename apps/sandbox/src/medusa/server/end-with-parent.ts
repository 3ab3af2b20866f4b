/** Loaded before Medusa's own code: a server does not outlive the run that started it, however that ends. */
process.stdin.once('end', () => process.exit(1)).resume();
