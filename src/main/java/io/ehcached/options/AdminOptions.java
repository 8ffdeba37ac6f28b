package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.ADMIN_HOST;
import static io.ehcached.options.CommandLineOption.ADMIN_LISTEN;
import static io.ehcached.options.CommandLineOption.ADMIN_PORT;
import static io.ehcached.options.CommandLineOption.JMX;

import io.ehcached.options.ServerOptions.Admin;
import io.ehcached.options.ServerOptions.Network;
import java.util.ArrayList;
import java.util.List;

/** The reader of the options of the admin port. */
final class AdminOptions {
  private final Given given;

  AdminOptions(Given given) {
    this.given = given;
  }

  Admin read(Network network) {
    int port =
        given.integer(ADMIN_PORT, "admin port", 0, Network.ANY_PORT, Numbers.MAX_PORT, "11280");
    String host = given.last(ADMIN_LISTEN, null);
    ListenAddress listen =
        host == null
            ? ListenAddress.DEFAULT
            : given.or(ListenAddress.DEFAULT, () -> ListenAddress.parseAdmin(host));
    if (port == 0 && !listen.equals(ListenAddress.DEFAULT)) {
      given.fault(
          "--admin-listen " + listen + " says where, and nothing which port; write --admin-port");
    }
    if (port > 0 && port == network.port() && network.unixSocket().isEmpty()) {
      given.fault("--admin-port " + port + " is where clients are served (-p); write another");
    }
    return new Admin(port, listen, hosts(), given.has(JMX));
  }

  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    for (String list : given.all(ADMIN_HOST)) {
      for (String one : list.split(",", -1)) {
        if (one.strip().matches("[A-Za-z0-9_]([A-Za-z0-9_.-]*)")) {
          hosts.add(one.strip());
        } else {
          given.fault(
              "--admin-host cannot be '"
                  + one
                  + "'; write a host's name without a port, such as cache1.example.org");
        }
      }
    }
    return hosts;
  }
}
