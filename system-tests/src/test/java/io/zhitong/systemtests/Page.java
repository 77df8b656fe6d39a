package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page for readers and its fenced blocks (文档页). A block of commands is labelled {@code sh}; one that cannot run here has a
 * comment with its reason on the line before.
 */
record Page(String name, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^ *<!-- not run by DocsIT: ([^\n]*?) -->\n)?^( *)```(\\w*)\n(.*?)^ *```$");

    /** One block; {@code reason} says why it is not run. */
    record Block(String language, String content, Optional<String> reason) {}

    static Page read(Path file) {
        try {
            return new Page(RunningEstate.root().relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String content = block.group(4).replaceAll("(?m)^" + block.group(2), "");
            found.add(new Block(block.group(3), content, Optional.ofNullable(block.group(1))));
        }
        return found;
    }

    List<Block> commands() {
        return blocks().stream().filter(block -> block.language().equals("sh")).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether these hex digits stand on the page, in whatever letters and with whatever breaks. */
    boolean names(String digits) {
        return text.replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT).contains(digits);
    }
}
