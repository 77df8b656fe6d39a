package io.zhitong.zt;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Lines of files and methods, read with the compiler's own parser. */
final class Sizes {
    private Sizes() {}

    /** A method with a body, named {@code File.java:name}, and its lines from the signature to the closing brace. */
    record Method(String name, int lines) {}

    /** Every line of each file, blank ones and comments too. */
    static List<Integer> lines(List<Path> files) throws IOException {
        List<Integer> counts = new ArrayList<>();
        for (Path each : files) {
            counts.add(Files.readAllLines(each).size());
        }
        return counts;
    }

    /** Lines of code: neither blank nor comment, import or package line. Our comments never share a line with code. */
    static int codeLines(List<Path> files) throws IOException {
        int code = 0;
        for (Path each : files) {
            boolean comment = false;
            for (String line : Files.readAllLines(each)) {
                String text = line.strip();
                comment |= text.startsWith("/*");
                if (!comment && !text.isEmpty() && !text.matches("(//|import |package ).*")) {
                    code++;
                }
                comment &= !text.endsWith("*/");
            }
        }
        return code;
    }

    static List<Method> methods(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            List<Method> found = new ArrayList<>();
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Collector(unit, positions, found), null);
            }
            return found;
        }
    }

    /** The value below which {@code share} (0..1) of the numbers lie, by rank. */
    static int quantile(List<Integer> numbers, double share) {
        List<Integer> sorted = numbers.stream().sorted().toList();
        return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    private static final class Collector extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Collector(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null && positions.getEndPosition(unit, method) > 0) {
                found.add(new Method(fileName() + ":" + method.getName(), lines(method)));
            }
            return super.visitMethod(method, nothing);
        }

        private int lines(MethodTree method) {
            long from = positions.getStartPosition(unit, method);
            long to = positions.getEndPosition(unit, method);
            var map = unit.getLineMap();
            return (int) (map.getLineNumber(to - 1) - map.getLineNumber(from) + 1);
        }

        private String fileName() {
            String name = unit.getSourceFile().getName();
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }
}
