package io.zhitong.zt.crypto;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of test keys (测试密钥文件): its first line is {@link #MARK}, every other one {@code name = 32 hex digits}, empty, or
 * begins with #. Keys come from nowhere else: not from the command line, which other users of the machine can read, and not
 * from a file that lies in a vault's folder, whatever it says (docs/keys.md, "Formulas with test keys").
 */
final class TestKeys {
    /** First line of every such file. */
    static final String MARK = "ZHITONG TEST KEYS 测试密钥";

    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9-]{0,31}) *= *([0-9a-fA-F]{32})");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int MOST_BYTES = 16_384;

    /** What only a vault's folder holds. */
    private static final List<String> OF_A_VAULT =
            List.of("store.0", "store.1", "op.0", "op.1", "audit.log", "machine.share");

    private final Map<String, byte[]> keys = new TreeMap<>();

    private TestKeys() {}

    /** @throws CommandFailure with the reason; the file's content is never repeated */
    static TestKeys read(Path file) throws IOException {
        Path real = file.toRealPath();
        for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
            if (OF_A_VAULT.stream().map(folder::resolve).anyMatch(Files::exists)) {
                throw refused("the file lies in a vault's folder, whose keys are not for tests 文件位于密钥库目录");
            }
        }
        if (Files.size(real) > MOST_BYTES) {
            throw refused("expected a file of at most 16384 bytes 文件过大");
        }
        List<String> lines = lines(real);
        if (lines.isEmpty() || !lines.get(0).equals(MARK)) {
            throw refused(
                    "the first line must be \"" + MARK + "\": only keys marked as test keys are taken 只接受标明的测试密钥");
        }
        var read = new TestKeys();
        for (int i = 1; i < lines.size(); i++) {
            read.line(i + 1, lines.get(i).strip());
        }
        return read;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw refused("expected a text file in UTF-8 不是文本文件");
        }
    }

    private void line(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher key = LINE.matcher(line);
        if (!key.matches()) {
            throw refused("line " + number + ": expected NAME = 32 hex digits 第" + number + "行格式错误");
        }
        if (keys.put(key.group(1), Hex.parse(key.group(2))) != null) {
            throw refused("line " + number + ": a name stands twice 名称重复");
        }
    }

    /** The names, sorted. */
    List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /** @throws CommandFailure when there is no such name, or the text is no name at all; it is not repeated then */
    byte[] key(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailure(
                    ExitStatus.USAGE,
                    "expected the name of a key in the file; keys are not written on the command line 应为密钥名称，命令行不接受密钥");
        }
        byte[] key = keys.get(name);
        if (key == null) {
            throw new CommandFailure(
                    ExitStatus.USAGE, "no key of that name 无此密钥, there are " + String.join(", ", names()));
        }
        return key.clone();
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitStatus.CHECK_FAILED, "test keys refused 拒绝: " + why);
    }
}
