import { jsonReply, type Reply } from '../kernel/http/reply.ts';

/** The body is `{"error": {"code", "message"}}`. */
export const problem = (status: number, code: string, message: string): Reply =>
  jsonReply(status, JSON.stringify({ error: { code, message } }));

export const answer = (status: number, body: unknown): Reply => jsonReply(status, JSON.stringify(body));
