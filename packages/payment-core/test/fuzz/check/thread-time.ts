/** Milliseconds that this thread has computed: what other programs do meanwhile does not count. */
export const threadTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
