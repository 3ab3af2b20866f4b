/** Where programs are looked for; all that the sandbox takes from its environment. */
export const programPath = process.env.PATH ?? '';
