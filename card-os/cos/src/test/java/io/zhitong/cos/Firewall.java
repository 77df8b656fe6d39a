package io.zhitong.cos;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Walks from an application whose administrator one is to another application and looks whether any command reaches it.
 * The walker is authenticated at home, knows all keys of its home and sends every command the card knows: at home,
 * addressing the other's files, and inside the other, with its own keys.
 */
final class Firewall {
    /** An application: how it is selected, its own secret byte that is repeated in all its keys and contents. */
    record App(String name, String select, int fid, String mark) {
        String key(int type) {
            return String.format("%02x", type) + mark.repeat(15);
        }
    }

    private static final int[] CLASSES = {0x00, 0x04, 0x80, 0x84, 0xE0};
    private final Nvm card;
    private final List<int[]> headers;
    private final int each;

    /** @param each frames drawn a header and stance, beside one without data for each P1 P2 */
    Firewall(Nvm card, int each) {
        this.card = card;
        this.each = each;
        this.headers = headers(card);
    }

    /** Class and instruction of every command that the card knows. */
    static List<int[]> headers(Nvm card) {
        Bench bench = Bench.on(card.copy(), Bench.seeded(1));
        List<int[]> found = new ArrayList<>();
        for (int ins = 0; ins < 256; ins++) {
            for (int cla : CLASSES) {
                String answer = bench.send(String.format("%02X%02XFFFF01FF", cla, ins));
                if (!answer.equals("6D00") && !answer.equals("6E00")) {
                    found.add(new int[] {cla, ins});
                }
            }
        }
        return found;
    }

    /** What the walker could do or see that it must not, in words; empty if the wall holds. */
    List<String> walk(App home, App other) {
        List<String> holes = new ArrayList<>();
        String before = state(Bench.on(card.copy(), Bench.seeded(1)), other);
        for (int[] header : headers) {
            for (boolean inside : new boolean[] {false, true}) {
                Random random = new Random(header[0] * 31L + header[1] + home.fid() * 7L + other.fid());
                Bench bench = Bench.on(card.copy(), Bench.seeded(3));
                for (int i = 0; i < P1P2.size() + each; i++) {
                    if (!bench.send("0084000004").endsWith("9000")) {
                        holes.addAll(changed(bench, home, other, header, before));
                        bench = Bench.on(card.copy(), Bench.seeded(3));
                        enter(bench, home);
                    }
                    if (i % 4 == 0) {
                        enter(bench, home);
                    }
                    if (inside) {
                        bench.send(other.select());
                    }
                    String frame = i < P1P2.size()
                            ? asking(header, P1P2.get(i), other)
                            : frame(bench, header, home, other, random);
                    String answer = bench.send(frame);
                    if (answer.toLowerCase(Locale.ROOT).contains(other.mark().repeat(4))) {
                        holes.add(home.name() + " reads " + other.name() + " by " + frame);
                    }
                }
                holes.addAll(changed(bench, home, other, header, before));
            }
        }
        return holes;
    }

    /** The issuer may block or end the whole card; then the walk goes on with another one. */
    private static List<String> changed(Bench bench, App home, App other, int[] header, String before) {
        return state(bench, other).equals(before)
                ? List.of()
                : List.of(String.format("%s changes %s by %02X%02X", home.name(), other.name(), header[0], header[1]));
    }

    /** Selects an application and authenticates there with its control key. */
    static void enter(Bench bench, App home) {
        // may have been erased by the walker himself
        if (bench.send(home.select()).endsWith("9000")) {
            bench.send(bench.authenticateFrame(home.key(0x39)));
        }
    }

    /** Everything that an application holds but tries. */
    static String state(Bench bench, App app) {
        FileSystem files = bench.card().files();
        StringBuilder out = new StringBuilder();
        files.children(files.mf()).stream()
                .filter(df -> df.fid() == app.fid())
                .forEach(df -> state(files, df, out.append(df.state())));
        return out.toString();
    }

    private static void state(FileSystem files, CardFile df, StringBuilder out) {
        for (CardFile file : files.children(df)) {
            out.append(String.format("%04X %02X %02X ", file.fid(), file.readRule(), file.writeRule()));
            if (file.kind() == FileKind.KEYS) {
                for (StoredKey key : new KeyFile(file).all()) {
                    out.append(key.typeCode()).append(key.id()).append(Hex.of(key.value()));
                }
            } else if (file.kind() == FileKind.DIRECTORY) {
                state(files, file, out);
            } else {
                out.append(Hex.of(file.read(0, Math.min(file.size(), 64))));
            }
        }
    }

    private static String asking(int[] header, String p1p2, App other) {
        return String.format("%02X%02X", header[0], header[1]) + p1p2.replace("FID", String.format("%04X", other.fid()))
                + "00";
    }

    private static String frame(Bench bench, int[] header, App home, App other, Random random) {
        String head = String.format("%02X%02X", header[0], header[1]) + pick(P1P2, random, other);
        String data = pick(DATA, random, other);
        return switch (random.nextInt(5)) {
            case 0 -> head + (random.nextBoolean() ? "00" : "");
            case 1 -> bench.macFrame(home.key(0x39), 16, head, data);
            case 2 -> bench.macFrame(home.key(0x36), random.nextBoolean() ? 8 : 16, head, data);
            case 3 -> data.isEmpty() ? head : bench.sealedFrame(home.key(0x39), head, data);
            default -> head + (data.isEmpty() ? "" : String.format("%02X", data.length() / 2) + data);
        };
    }

    private static String pick(List<String> from, Random random, App other) {
        String fid = String.format("%04X", other.fid());
        String name = other.select().substring(10);
        return from.get(random.nextInt(from.size())).replace("FID", fid).replace("NAME", name);
    }

    private static final List<String> P1P2 = List.of(
            "0000", "0001", "0100", "0101", "0102", "0302", "0200", "0501", "0300", "0401", "FID", "8500", "8600",
            "9500", "0134", "0128", "00A8", "0528", "3900", "3E01", "F900", "01C4", "0006", "0002");

    private static final List<String> DATA = List.of(
            "",
            "FID",
            "NAME",
            "0005",
            "0100000001440300000001",
            "01440300000001",
            "39F0F00F33" + "00".repeat(16),
            "3EF0F00104" + "00".repeat(16),
            "280010F0F0FF00",
            "380100F0F001FFFF4142434445",
            "00".repeat(8),
            "00".repeat(15),
            "11".repeat(16),
            "0100" + "22".repeat(28));
}
