package io.ehcached;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Unit tests, integration tests and the load tool are compiled together; these keep them apart. */
class SourceRootsTest {
  private static final Path UNIT_TESTS = Path.of("src/test/java");
  private static final Path INTEGRATION_TESTS = Path.of("src/it/java");
  private static final Path LOAD_TOOL = Path.of("bench/java");

  @Test
  void unitTests_useNothingOfTheOtherRoots() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass user :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.ehcached")) {
      if (isIn(UNIT_TESTS, user)) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          JavaClass used = dependency.getTargetClass().getBaseComponentType();
          if (isIn(INTEGRATION_TESTS, used) || isIn(LOAD_TOOL, used)) {
            wrong.add(dependency.getDescription());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void integrationTests_areAllInTheirRoot() throws IOException {
    assertThat(filesThatEndWith("IT.java", UNIT_TESTS, LOAD_TOOL)).isEmpty();
    assertThat(filesThatEndWith("IT.java", INTEGRATION_TESTS)).isNotEmpty();
  }

  @Test
  void unitTests_areAllInTheirRoot() throws IOException {
    assertThat(filesThatEndWith("Test.java", INTEGRATION_TESTS, LOAD_TOOL)).isEmpty();
  }

  private static boolean isIn(Path root, JavaClass type) {
    String outermost = type.getName().replaceFirst("\\$.*", "");
    return Files.exists(root.resolve(outermost.replace('.', '/') + ".java"));
  }

  private static List<Path> filesThatEndWith(String end, Path... roots) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(end)).forEach(found::add);
      }
    }
    return found;
  }
}
