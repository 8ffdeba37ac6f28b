package io.ehcached.auth;

/** What a client calls its user, in a form that is fit for a log. */
final class UserName {
  private static final int LONGEST = 64;

  private UserName() {}

  static String of(byte[] user) {
    StringBuilder name = new StringBuilder("'");
    for (int i = 0; i < Math.min(user.length, LONGEST); i++) {
      boolean printable = user[i] > ' ' && user[i] < 0x7F && user[i] != '\'';
      name.append(printable ? (char) user[i] : '?');
    }
    return name.append(user.length > LONGEST ? "...'" : "'").toString();
  }
}
