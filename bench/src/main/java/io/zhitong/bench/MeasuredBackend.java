package io.zhitong.bench;

import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.Pem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link LinkMemoryServer} in its process, and the certificates of its devices (被测服务端进程). */
final class MeasuredBackend implements AutoCloseable {
    private final MachineEstate estate;
    private final Process process;
    private final BufferedReader out;
    private final InetSocketAddress address;

    MeasuredBackend(MachineProfile profile) throws IOException {
        estate = new MachineEstate(profile);
        Path folder = Files.createTempDirectory("link-memory");
        Files.writeString(folder.resolve("ca.pem"), Pem.ofCertificates(List.of(estate.authority())));
        estate.identity(MachineRole.BACKEND, "backend").store(folder, "backend");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms700m",
                        "-Xmx700m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LinkMemoryServer.class.getName(),
                        folder.toString(),
                        profile.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line()));
    }

    MachineEstate estate() {
        return estate;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Bytes of its heap and of its other memory, after a collection. */
    long[] weighed() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        String[] words = line().split(" ");
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the measured process has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
