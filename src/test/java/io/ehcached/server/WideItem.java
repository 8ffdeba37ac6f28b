package io.ehcached.server;

import io.ehcached.item.Item;
import io.ehcached.item.Key;

/** An item whose value has a length, and nothing in it. */
record WideItem(Key key, int length) implements Item {
  @Override
  public byte[] value() {
    return new byte[length];
  }

  @Override
  public int flags() {
    return 0;
  }

  @Override
  public long expiry() {
    return 0;
  }

  @Override
  public long stamp() {
    return 1;
  }
}
