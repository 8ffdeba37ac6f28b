package io.ehcached.server;

import java.io.IOException;

/** Says why an address cannot be listened on, and what to write instead. */
public final class ListenFault {
  private ListenFault() {}

  /**
   * Returns the exception that says so.
   *
   * @param where the address, for people
   * @param portOption the option for another port, where this one is taken
   * @param addressOption the option for another address, else
   * @param cause what the system said
   */
  public static IOException of(
      String where, String portOption, String addressOption, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    String mend =
        reason.contains("in use")
            ? "; stop whoever has it, or write another port with " + portOption
            : "; write an address of this machine with " + addressOption;
    return new IOException("cannot listen on " + where + ": " + reason + mend, cause);
  }
}
