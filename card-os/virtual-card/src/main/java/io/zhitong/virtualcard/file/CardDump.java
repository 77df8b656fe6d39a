package io.zhitong.virtualcard.file;

import io.zhitong.cos.Card;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.file.GreyLock;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.RecordFile;
import io.zhitong.smcrypto.Hex;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** What a card holds, in words (卡内容清单). Of a key file only heads and check values are shown. */
final class CardDump {
    private static final int HEX_A_LINE = 32;

    private final Card card;
    private final FileSystem files;
    private final PrintWriter out;

    CardDump(Card card, PrintWriter out) {
        this.card = card;
        this.files = card.files();
        this.out = out;
    }

    void print() {
        out.printf(
                "card 卡 %s, chip 芯片 %s, UID %s%n",
                card.profile().name(),
                Hex.of(card.identity().chipId()),
                Hex.of(card.identity().uid()));
        Nvm nvm = card.nvm();
        int most =
                IntStream.range(0, nvm.geometry().units()).map(nvm::wear).max().orElse(0);
        out.printf(
                "memory 存储 %d bytes, most worn unit 磨损 %d of %d erasures%n",
                nvm.geometry().size(), most, nvm.geometry().endurance());
        out.printf(
                "life 生命周期 %s %s, free 空闲 %d bytes%n",
                card.life().zh(), card.life().en(), files.free());
        directory("", files.mf());
    }

    private void directory(String indent, CardFile df) {
        out.printf(
                "%s%04X DF 目录 %s size %d create %02X erase %02X %s%n",
                indent,
                df.fid(),
                name(df),
                df.size(),
                df.readRule(),
                df.writeRule(),
                df.state().zh());
        for (CardFile file : files.children(df)) {
            if (file.kind() == FileKind.DIRECTORY) {
                directory(indent + "  ", file);
            } else {
                elementary(indent + "  ", file);
            }
        }
    }

    private String name(CardFile df) {
        byte[] name = files.name(df);
        boolean printable = IntStream.range(0, name.length).allMatch(i -> name[i] > 0x20 && name[i] < 0x7F);
        return printable ? new String(name, StandardCharsets.US_ASCII) : Hex.of(name);
    }

    private void elementary(String indent, CardFile file) {
        out.printf(
                "%s%04X %s size %d read %02X write %02X%s%n",
                indent,
                file.fid(),
                words(file.kind()),
                file.size(),
                file.readRule(),
                file.writeRule(),
                file.needsEncryption() ? " encrypted+MAC" : file.needsMac() ? " MAC" : "");
        String inner = indent + "  ";
        switch (file.kind()) {
            case KEYS -> new KeyFile(file).all().forEach(key -> out.println(inner + KeyWords.of(key, card.profile())));
            case PURSE -> purse(inner, new PurseFile(file));
            case BINARY -> hex(inner, file.read(0, file.size()));
            default -> records(inner, new RecordFile(file));
        }
    }

    private void purse(String indent, PurseFile purse) {
        out.printf(
                "%sbalance 余额 %d.%02d, online 联机 %d, offline 脱机 %d, overdraft 透支 %d fen, log %02X%n",
                indent,
                purse.balance() / 100,
                purse.balance() % 100,
                purse.onlineSequence(),
                purse.offlineSequence(),
                purse.overdraft(),
                purse.logSfi());
        GreyLock grey = purse.grey();
        if (grey.state() != GreyLock.FREE) {
            out.printf(
                    "%sgrey lock 灰锁 %s, type %02X, terminal %s, number 序号 %d%n",
                    indent,
                    grey.locked() ? "locked 已锁" : "unlocked, TAC not fetched 已解扣，TAC 未读",
                    grey.type(),
                    Hex.of(grey.terminal6()),
                    grey.sequence());
        }
    }

    private void records(String indent, RecordFile records) {
        for (int n = 1; n <= records.count(); n++) {
            out.printf("%s%d: %s%n", indent, n, Hex.of(records.read(n)));
        }
    }

    private void hex(String indent, byte[] content) {
        String digits = Hex.of(content);
        for (int at = 0; at < digits.length(); at += 2 * HEX_A_LINE) {
            out.println(indent + digits.substring(at, Math.min(digits.length(), at + 2 * HEX_A_LINE)));
        }
    }

    private static String words(FileKind kind) {
        return switch (kind) {
            case DIRECTORY -> "DF 目录";
            case BINARY -> "binary 透明文件";
            case FIXED_RECORDS -> "fixed records 定长记录";
            case VARIABLE_RECORDS -> "variable records 变长记录";
            case CYCLIC_RECORDS -> "cyclic records 循环记录";
            case PURSE -> "purse 钱包";
            case KEYS -> "keys 密钥文件";
        };
    }
}
