package io.ehcached.monitor;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A builder of metrics with their current values. All their names begin with {@code ehcached_}; the
 * labels of a value are names and values, alternating.
 */
final class Families {
  private static final String PREFIX = "ehcached_";

  private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

  /** A metric's values. */
  interface Family {
    /** Adds the value of one set of labels. */
    void add(double value, String... labels);

    /** Adds a whole number; exact up to 2^53. */
    default void add(long value, String... labels) {
      add((double) value, labels);
    }
  }

  /** A histogram's values. */
  interface Histogram {
    /**
     * Adds the histogram of one set of labels.
     *
     * @param bounds the greatest value in each bucket; the last is infinite
     */
    void add(double[] bounds, long[] counts, double sum, String... labels);
  }

  /** Adds a gauge, which can go up and down. */
  Family gauge(String name, String help) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(PREFIX + name).help(help);
    families.add(family::build);
    return (value, labels) ->
        family.dataPoint(
            GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  /** Adds a counter, which only grows; its name gets the suffix {@code _total}. */
  Family counter(String name, String help) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(PREFIX + name).help(help);
    families.add(family::build);
    return (value, labels) ->
        family.dataPoint(
            CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
  }

  /** Adds a histogram. */
  Histogram histogram(String name, String help) {
    HistogramSnapshot.Builder family = HistogramSnapshot.builder().name(PREFIX + name).help(help);
    families.add(family::build);
    return (bounds, counts, sum, labels) ->
        family.dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(sum)
                .labels(Labels.of(labels))
                .build());
  }

  /** Returns all metrics that were added. */
  MetricSnapshots snapshots() {
    return new MetricSnapshots(families.stream().map(Supplier::get).toList());
  }
}
