package io.ehcached;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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
  void unitTests_useNothingOfTheOtherRoots() throws IOException {
    Set<String> unitTests = classes(UNIT_TESTS);
    Set<String> others = classes(INTEGRATION_TESTS, LOAD_TOOL);
    Set<String> wrong = new TreeSet<>();
    for (JavaClass user : compiled()) {
      if (unitTests.contains(outermost(user))) {
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          if (others.contains(outermost(dependency.getTargetClass().getBaseComponentType()))) {
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

  /** Returns the tests' classes; of what else they use, the names are enough here. */
  private static JavaClasses compiled() {
    ArchConfiguration configuration = ArchConfiguration.get();
    configuration.setResolveMissingDependenciesFromClassPath(false);
    try {
      return new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.ehcached");
    } finally {
      configuration.reset();
    }
  }

  private static String outermost(JavaClass type) {
    String name = type.getName();
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }

  private static Set<String> classes(Path... roots) throws IOException {
    Set<String> names = new HashSet<>();
    for (Path root : roots) {
      for (Path file : filesThatEndWith(".java", root)) {
        String name = root.relativize(file).toString().replace('/', '.');
        names.add(name.substring(0, name.length() - ".java".length()));
      }
    }
    return names;
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
