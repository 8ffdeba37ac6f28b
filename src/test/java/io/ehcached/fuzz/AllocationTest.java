package io.ehcached.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final byte[] INPUT = new byte[10];
  private static final long FIXED = 50_000;
  private static final int LARGE = 1_000_000;

  private byte[] made;

  @Test
  void whatIsAllocatedNowAndThen_isTheJvms() {
    AtomicInteger reads = new AtomicInteger();
    assertThatCode(
            () ->
                Allocation.check(
                    INPUT,
                    FIXED,
                    1,
                    () -> made = new byte[reads.incrementAndGet() < 3 ? LARGE : 1]))
        .doesNotThrowAnyException();
    assertThat(made).hasSize(1);
  }

  @Test
  void whatIsAllocatedEachTime_isTheInputs() {
    assertThatThrownBy(() -> Allocation.check(INPUT, FIXED, 1, () -> made = new byte[LARGE]))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("for an input of 10, not 50010");
  }
}
