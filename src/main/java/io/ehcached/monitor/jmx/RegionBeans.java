package io.ehcached.monitor.jmx;

import io.ehcached.admin.NodeAdmin;
import io.ehcached.admin.NodeStatus;
import io.ehcached.store.Store;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotCompliantMBeanException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.management.CacheMBean;
import net.sf.ehcache.management.CacheManagerMBean;
import net.sf.ehcache.management.CacheStatisticsMBean;
import net.sf.ehcache.management.ManagementService;

/**
 * The registration of Ehcache's MBeans, as its {@link ManagementService} does it. Those that would
 * report wrong values or bypass the node are replaced by ours. All are unregistered when the cache
 * manager shuts down.
 */
public final class RegionBeans {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private RegionBeans() {}

  /**
   * Registers the MBeans with the process's own MBean server; no port is opened.
   *
   * @throws JMException when one of them is there already
   */
  public static void register(
      CacheManager manager, Ehcache region, Store store, NodeStatus node, NodeAdmin admin)
      throws JMException {
    RegionBeans beans = new RegionBeans();
    ManagementService.registerMBeans(manager, beans.server, true, true, true, true);
    RegionStatistics statistics = new RegionStatistics(region, store, node.counters());
    Runnable flush = () -> flush(store, node);
    beans.replace(
        new ServedManager(manager, flush, admin::leave),
        CacheManagerMBean.class,
        "type=CacheManager,name=" + manager.getName());
    String one = ",CacheManager=" + manager.getName() + ",name=" + region.getName();
    beans.replace(
        new ServedRegion(region, statistics, flush), CacheMBean.class, "type=Cache" + one);
    beans.replace(statistics, CacheStatisticsMBean.class, "type=CacheStatistics" + one);
  }

  private static void flush(Store store, NodeStatus node) {
    if (!node.flushAllowed()) {
      throw new IllegalStateException("flush_all is not allowed (-F)");
    }
    store.flush();
  }

  private <T> void replace(T bean, Class<T> type, String name)
      throws JMException, NotCompliantMBeanException {
    ObjectName full = new ObjectName("net.sf.ehcache:" + name);
    server.unregisterMBean(full);
    server.registerMBean(new StandardMBean(bean, type), full);
  }
}
