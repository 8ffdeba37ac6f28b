package io.ehcached.differential;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets the command line say how many scripts a property is tried with ({@code
 * -Ddifferential.scripts}) and which ({@code -Ddifferential.seed}), and prints both.
 */
final class SeededTries implements AroundPropertyHook {
  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    Integer asked = Integer.getInteger("differential.scripts");
    int scripts = asked != null ? asked : context.attributes().tries().orElseThrow();
    long seed = Long.getLong("differential.seed", 1);
    context.attributes().setTries(scripts);
    context.attributes().setSeed(Long.toString(seed));
    context.attributes().setAfterFailure(AfterFailureMode.RANDOM_SEED); // which is that one
    context.attributes().setEdgeCases(EdgeCasesMode.NONE);
    System.out.printf("%s: %d scripts, -Ddifferential.seed=%d%n", context.label(), scripts, seed);
    return property.execute();
  }
}
