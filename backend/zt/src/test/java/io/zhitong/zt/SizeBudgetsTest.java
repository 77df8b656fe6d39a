package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.zt.Sizes.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small rooms: the sizes of main files and methods, and as many lines of tests as of main code. */
final class SizeBudgetsTest {
    private static final List<Path> MAIN = SourceTree.ofThisBuild().javaFiles("main");
    private static final List<Path> TESTS = SourceTree.ofThisBuild().javaFiles("test");

    @Test
    void nine_of_ten_main_files_have_at_most_260_lines_and_none_more_than_500() throws IOException {
        List<Integer> lines = Sizes.lines(MAIN);
        assertAtMost(260, Sizes.quantile(lines, 0.9), "lines of a main file, p90");
        assertEquals(List.of(), longFiles(MAIN, 500));
    }

    @Test
    void half_of_the_methods_have_at_most_6_lines_nine_of_ten_20_and_none_more_than_60() throws IOException {
        List<Method> methods = Sizes.methods(MAIN);
        List<Integer> lines = methods.stream().map(Method::lines).toList();
        assertAtMost(6, Sizes.quantile(lines, 0.5), "lines of a method, median");
        assertAtMost(20, Sizes.quantile(lines, 0.9), "lines of a method, p90");
        assertEquals(
                List.of(),
                methods.stream()
                        .filter(each -> each.lines() > 60)
                        .sorted(Comparator.comparing(Method::lines).reversed())
                        .toList());
    }

    @Test
    void there_are_as_many_lines_of_test_code_as_of_main_code() throws IOException {
        int main = Sizes.codeLines(MAIN);
        int tests = Sizes.codeLines(TESTS);
        assertTrue(tests >= main, () -> tests + " lines of test code stand beside " + main + " of main code");
    }

    @Test
    void comments_blanks_and_imports_are_no_lines_of_code(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("Small.java");
        Files.writeString(file, """
                package small;

                import java.util.List;

                /** Says
                 * int nothing;
                 */
                class Small {
                    // no code
                    int one = 1;
                    /* none */
                }
                """);
        assertEquals(3, Sizes.codeLines(List.of(file)));
    }

    @Test
    void a_long_file_and_a_long_method_are_found(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("Long.java");
        String body = "        int i = 0;\n".repeat(520);
        Files.writeString(file, "class Long {\n    void f() {}\n    void g() {\n" + body + "    }\n}\n");
        assertEquals(List.of("Long.java 525"), longFiles(List.of(file), 500));
        assertTrue(Sizes.methods(List.of(file)).contains(new Method("Long.java:g", 522)));
        assertTrue(Sizes.methods(List.of(file)).contains(new Method("Long.java:f", 1)));
    }

    @Test
    void quantiles_are_taken_by_rank() {
        List<Integer> ten = List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertEquals(5, Sizes.quantile(ten, 0.5));
        assertEquals(9, Sizes.quantile(ten, 0.9));
        assertEquals(7, Sizes.quantile(List.of(7), 0.9));
    }

    private static List<String> longFiles(List<Path> files, int limit) throws IOException {
        List<Integer> lines = Sizes.lines(files);
        return IntStream.range(0, files.size())
                .filter(i -> lines.get(i) > limit)
                .mapToObj(i -> files.get(i).getFileName() + " " + lines.get(i))
                .toList();
    }

    private static void assertAtMost(int limit, int found, String what) {
        assertTrue(found <= limit, () -> what + ": " + found + ", at most " + limit);
    }
}
