package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.zhitong.decision.planted.ReachesUp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** A module imports only from lower floors. */
final class FloorsTest {
    private static final Map<String, Path> MODULES = SourceTree.ofThisBuild().modules();
    private static final Set<String> ALSO_ON_ANDROID = Set.of("sm-crypto", "card-spec", "cos", "card-terminal");
    private static final Set<String> PURE = Set.of("decision", "points");
    private static final List<String> NOT_ON_ANDROID = List.of(
            "javax.smartcardio", "java.net.http", "java.lang.management", "java.rmi", "sun.", "com.sun.", "jdk.");
    private static final List<String> IMPURE = List.of(
            "java.io.", "java.nio.file.", "java.net.", "java.util.concurrent.", "org.slf4j", "java.lang.Thread");

    private static JavaClasses classes = new ClassFileImporter().importPackages("io.zhitong.none");

    @BeforeAll
    static void readAllModules() {
        classes = new ClassFileImporter()
                .importPaths(MODULES.values().stream()
                        .map(each -> each.resolve("target").resolve("classes"))
                        .filter(Files::isDirectory)
                        .toList());
    }

    @Test
    void every_module_has_its_row_in_the_table() {
        assertTrue(Floors.modules().containsAll(MODULES.keySet()), () -> MODULES.keySet() + " against the table");
    }

    @Test
    void no_module_stands_on_itself() {
        assertEquals(
                List.of(),
                Floors.modules().stream()
                        .filter(each -> Floors.mayImport(each).contains(each))
                        .toList());
    }

    @Test
    void classes_import_only_from_lower_floors() {
        assertEquals(List.of(), importsFromAbove(classes));
    }

    @Test
    void a_planted_import_from_above_is_found() {
        List<String> found = importsFromAbove(new ClassFileImporter().importClasses(ReachesUp.class));
        assertEquals(List.of("decision → zt: io.zhitong.decision.planted.ReachesUp → io.zhitong.zt.Zt"), found);
    }

    @Test
    void every_class_lies_in_the_package_of_its_module() {
        List<String> strays = classes.stream()
                .filter(each -> !folderOf(each).equals(Floors.moduleOf(each.getName())))
                .map(each -> folderOf(each) + ": " + each.getName())
                .toList();
        assertEquals(List.of(), strays);
    }

    @Test
    void poms_depend_only_on_lower_floors() throws Exception {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, Path> each : MODULES.entrySet()) {
            found.addAll(dependenciesOnAbove(
                    each.getKey(), Files.readString(each.getValue().resolve("pom.xml"))));
        }
        assertEquals(List.of(), found);
    }

    @Test
    void a_planted_dependency_on_above_is_found_and_one_for_tests_is_not() throws Exception {
        String pom = """
                <project><dependencies>
                  <dependency><groupId>io.zhitong</groupId><artifactId>zhitong-access-model</artifactId></dependency>
                  <dependency><groupId>io.zhitong</groupId><artifactId>zhitong-link</artifactId></dependency>
                  <dependency><groupId>io.zhitong</groupId><artifactId>zhitong-cos</artifactId><scope>test</scope></dependency>
                </dependencies></project>
                """;
        assertEquals(List.of("decision → link"), dependenciesOnAbove("decision", pom));
    }

    @Test
    void what_a_phone_runs_too_uses_only_what_android_has() {
        assertEquals(List.of(), uses(classes, ALSO_ON_ANDROID, name -> starts(name, NOT_ON_ANDROID)));
    }

    @Test
    void decisions_and_points_know_no_clock_no_files_no_threads_no_log() {
        assertEquals(List.of(), uses(classes, PURE, name -> starts(name, IMPURE)));
        assertEquals(List.of(), readsOfTheClock(classes));
    }

    @Test
    void a_planted_read_of_the_clock_and_of_a_file_is_found() {
        JavaClasses planted = new ClassFileImporter().importClasses(ReachesUp.class);
        assertEquals(1, readsOfTheClock(planted).size());
        assertEquals(
                List.of("decision: io.zhitong.decision.planted.ReachesUp uses java.io.File"),
                uses(planted, PURE, name -> starts(name, IMPURE)));
    }

    private static List<String> importsFromAbove(JavaClasses some) {
        return dependencies(some)
                .filter(each -> each.getTargetClass().getName().startsWith("io.zhitong."))
                .filter(each -> above(module(each.getOriginClass()), module(each.getTargetClass())))
                .map(each -> module(each.getOriginClass()) + " → " + module(each.getTargetClass()) + ": "
                        + each.getOriginClass().getName() + " → "
                        + each.getTargetClass().getName())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean above(String from, String to) {
        return !from.equals(to) && !Floors.mayImport(from).contains(to);
    }

    private static List<String> uses(JavaClasses some, Set<String> modules, Predicate<String> forbidden) {
        return dependencies(some)
                .filter(each -> modules.contains(module(each.getOriginClass())))
                .filter(each -> forbidden.test(each.getTargetClass().getName()))
                .map(each -> module(each.getOriginClass()) + ": "
                        + each.getOriginClass().getName() + " uses "
                        + each.getTargetClass().getName())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> readsOfTheClock(JavaClasses some) {
        return some.stream()
                .filter(each -> PURE.contains(module(each)))
                .flatMap(each -> each.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().startsWith("java."))
                .filter(call -> call.getName().equals("now")
                        || call.getName().equals("currentTimeMillis")
                        || call.getName().equals("nanoTime"))
                .map(Object::toString)
                .toList();
    }

    private static Stream<Dependency> dependencies(JavaClasses some) {
        return some.stream().flatMap(each -> each.getDirectDependenciesFromSelf().stream());
    }

    private static boolean starts(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private static String module(JavaClass type) {
        return Floors.moduleOf(type.getName());
    }

    private static String folderOf(JavaClass type) {
        Path file = Path.of(type.getSource().orElseThrow().getUri());
        return MODULES.entrySet().stream()
                .filter(module ->
                        file.startsWith(module.getValue().resolve("target").resolve("classes")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> dependenciesOnAbove(String module, String pom) throws Exception {
        List<String> found = new ArrayList<>();
        for (Element each : dependencies(pom)) {
            String artifact = text(each, "artifactId");
            boolean ours = text(each, "groupId").equals("io.zhitong")
                    && !text(each, "scope").equals("test");
            if (ours && above(module, artifact.substring("zhitong-".length()))) {
                found.add(module + " → " + artifact.substring("zhitong-".length()));
            }
        }
        return found;
    }

    private static List<Element> dependencies(String pom) throws Exception {
        var all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("dependency");
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            found.add((Element) all.item(i));
        }
        return found;
    }

    private static String text(Element from, String name) throws IOException {
        var all = from.getElementsByTagName(name);
        return all.getLength() == 0 ? "" : all.item(0).getTextContent().strip();
    }
}
