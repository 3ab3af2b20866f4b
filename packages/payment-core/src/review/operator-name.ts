const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u;

/**
 * Who decided, as it is recorded: 1 to 64 letters, digits, spaces and . _ @ -, the first one a letter or a digit.
 * White space around it is removed. Undefined for anything else: a record shows it in terminals and pages.
 */
export const parseOperatorName = (text: string): string | undefined => {
  const name = text.trim().normalize('NFC');
  return NAME.test(name) ? name : undefined;
};
