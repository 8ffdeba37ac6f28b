package io.ehcached.server;

import io.ehcached.admin.Counter;

/** Why the server closes a connection that the client wants to keep. */
enum CloseReason {
  /** It has sent no command for too long. */
  IDLE(Counter.IDLE_KICKS, "sent no command for too long (-o idle_timeout)"),
  /** It has begun a command and does not go on. */
  PARTIAL(Counter.PARTIAL_KICKS, "sent half a command and nothing more (-o partial_timeout)"),
  /** It takes nothing of its answers. */
  OUTPUT(Counter.OUTPUT_KICKS, "did not read its answers (-o output_timeout)"),
  /** It takes its answers slower than others, and those of all take too much memory. */
  OUTPUT_MEMORY(
      Counter.RESPONSE_OBJ_OOM,
      "was the slowest to read its answers while these exceeded their memory"
          + " (-o resp_obj_mem_limit)"),
  /** There is no memory for what it has sent. */
  NO_MEMORY(
      Counter.READ_BUF_OOM, "sent more than there was memory to hold (-o read_buf_mem_limit)");

  private final Counter counter;
  private final String reason;

  CloseReason(Counter counter, String reason) {
    this.counter = counter;
    this.reason = reason;
  }

  /** Returns where it is counted. */
  Counter counter() {
    return counter;
  }

  /** Returns what the client did, to be said behind its address. */
  String reason() {
    return reason;
  }

  /** Returns memcached's word for it, for those who watch. */
  String logged() {
    return this == IDLE ? "idle_timeout" : "error";
  }
}
