/** Why a body cannot be read at all; carries the answer to its sender. */
export class BodyRefusal extends Error {
  readonly status: 400 | 413 | 415;
  readonly code: string;

  constructor(status: 400 | 413 | 415, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}
