declare module 'gettext-parser' {
  interface Translation {
    msgid: string;
    msgid_plural?: string;
    msgctxt?: string;
    msgstr: string[];
    comments?: { reference?: string; extracted?: string; translator?: string };
  }
  interface Catalogue {
    charset: string;
    headers: Record<string, string>;
    translations: Record<string, Record<string, Translation>>;
  }
  export const po: {
    compile(catalogue: Catalogue, options?: { sort?: boolean; foldLength?: number }): Buffer;
    parse(text: string | Buffer): Catalogue;
  };
}
