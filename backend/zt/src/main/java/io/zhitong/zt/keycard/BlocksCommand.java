package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.Exportability;
import io.zhitong.keyvault.block.KeyBlock;
import io.zhitong.keyvault.block.KeyBlockHeader;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys card blocks} (母卡密钥块). */
@Command(
        name = "blocks",
        mixinStandardHelpOptions = true,
        description = {
            "Print the key blocks of a mother card, for zt keys import --block 读出母卡密钥块.",
            "With --add: put a block from zt keys export on it first; one that may not leave is refused 写入密钥块."
        })
final class BlocksCommand extends AtReader {
    private static final int MOST = 1024;

    @Option(names = "--add", paramLabel = "FILE", description = "file with a key block; repeat 密钥块文件，可重复")
    private List<Path> files = new ArrayList<>();

    @Override
    void run(CardSession card, PrintWriter out) throws IOException {
        List<String> fresh = new ArrayList<>();
        for (Path file : files) {
            fresh.add(block(file));
        }
        try (SecretBytes pin = pin()) {
            fresh.forEach(block -> CARDS.addBlock(card, pin, block));
            CARDS.blocks(card, pin).forEach(out::println);
        }
    }

    private static String block(Path file) throws IOException {
        if (Files.size(file) > MOST) {
            throw new CommandFailure(ExitStatus.USAGE, "expected a key block in " + file);
        }
        String block = Files.readString(file, StandardCharsets.US_ASCII).strip();
        KeyBlockHeader header = KeyBlock.header(block);
        if (header.exportability() != Exportability.EXCHANGE) {
            throw new CommandFailure(ExitStatus.CHECK_FAILED, "the key in this block may not be passed on 该密钥不可导出");
        }
        return block;
    }
}
