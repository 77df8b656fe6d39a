package io.zhitong.bench;

import io.zhitong.fleet.FleetBackend;
import io.zhitong.fleet.FleetEnrolment;
import io.zhitong.fleet.FleetEstate;
import io.zhitong.machinetls.Pem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Controller programs as they are installed (真实控制器进程), each in a process of its own, enrolled by a token; their readers are missing. */
final class RealControllers implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final List<Process> running = new ArrayList<>();

    /** @param first number of the first of them */
    RealControllers(
            int count, int first, FleetEstate estate, FleetEnrolment enrolment, FleetBackend backend, int heap) {
        Path all = Workspace.folder("controllers");
        try {
            for (int number = first; number < first + count; number++) {
                Path folder = Files.createDirectories(all.resolve(String.valueOf(number)));
                Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.authority())));
                Files.writeString(folder.resolve("token"), enrolment.token(number));
                Files.writeString(
                        folder.resolve("controller.yaml"),
                        configuration(backend.address().getPort(), enrolment.port()));
                running.add(start(folder, heap));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(int link, int enrol) {
        return String.join(
                "\n",
                "device:",
                "  data: .",
                "  backend: 127.0.0.1",
                "  linkPort: " + link,
                "  enrolPort: " + enrol,
                "  authority: ca.pem",
                "  tokenFile: token",
                "controller:",
                "  driver: 127.0.0.1:9",
                "  sam: ''",
                "  points:",
                "    - {point: 1, reader: door-1, method: sealed}",
                "");
    }

    private static Process start(Path folder, int heap) throws IOException {
        File log = folder.resolve("log").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xmx" + heap + "m",
                        "-Dfile.encoding=" + StandardCharsets.UTF_8,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.zhitong.controller.ControllerProgram",
                        "--config",
                        folder.resolve("controller.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    boolean allRunning() {
        return running.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
        running.forEach(Process::destroy);
        for (Process each : running) {
            try {
                if (!each.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    each.destroyForcibly();
                }
            } catch (InterruptedException e) {
                each.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
