package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;

/**
 * The sockets that are open whenever it is looked at, those that listen first. They are not copied:
 * there may be many, and many who are told of them part by part.
 */
final class OpenSockets extends AbstractCollection<ConnectionView> {
  private final Collection<? extends ConnectionView> listeners;
  private final Collection<? extends ConnectionView> clients;

  OpenSockets(
      Collection<? extends ConnectionView> listeners,
      Collection<? extends ConnectionView> clients) {
    this.listeners = listeners;
    this.clients = clients;
  }

  @Override
  public int size() {
    return listeners.size() + clients.size();
  }

  @Override
  public Iterator<ConnectionView> iterator() {
    Iterator<? extends ConnectionView> first = listeners.iterator();
    Iterator<? extends ConnectionView> then = clients.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || then.hasNext();
      }

      @Override
      public ConnectionView next() {
        return first.hasNext() ? first.next() : then.next();
      }
    };
  }
}
