/** A step of the workflow cannot be done; the message says why, and what mends it. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
}
