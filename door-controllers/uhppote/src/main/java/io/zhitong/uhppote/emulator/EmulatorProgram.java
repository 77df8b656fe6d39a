package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.FrameException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A board as a process (模拟控制板程序): answers UDP on loopback; people at its doors are lines on the standard input: {@code present
 * DOOR NUMBER [PIN]}, {@code type DOOR CODE}, {@code press DOOR}, {@code open DOOR}, {@code close DOOR}; each is answered by a
 * line. It ends with its input.
 */
@Command(
        name = "uhppote-board",
        mixinStandardHelpOptions = true,
        version = "uhppote-board 0.1.0",
        description = {"Plays a UHPPOTE board of four doors on loopback.", "在本机模拟一块四门控制板。"})
public final class EmulatorProgram implements Callable<Integer> {

    @Option(names = "--serial", required = true, description = "serial number 序列号")
    private long serial;

    @Option(names = "--data", required = true, description = "the board's memory, one file 存储文件")
    private Path data = Path.of("board");

    @Option(names = "--port", description = "UDP port, 0 = any; default ${DEFAULT-VALUE} 端口")
    private int port = 60_000;

    @Option(names = "--cards", description = "room for cards; default ${DEFAULT-VALUE} 卡容量")
    private int cards = 20_000;

    @Option(names = "--events", description = "room for events; default ${DEFAULT-VALUE} 记录容量")
    private int events = 100_000;

    @Option(names = "--last-index", description = "highest event index; default ${DEFAULT-VALUE} 最大记录号")
    private long lastIndex = 0xFFFF_FFFEL;

    @Option(names = "--zone", description = "time zone; default ${DEFAULT-VALUE} 时区")
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    /** Exit codes: 0 the input ended, 1 it could not run, 2 wrong options. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EmulatorProgram()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BoardIdentity identity = new BoardIdentity(serial, cards, events, lastIndex, zone);
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (BoardEmulator board = BoardEmulator.open(identity, data, Clock.systemUTC());
                BoardServer server = BoardServer.start(local, board);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println("ready " + server.address().getPort());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(act(board, line.strip().split("\\s+")));
            }
        }
        return 0;
    }

    private static String act(BoardEmulator board, String[] words) {
        try {
            int door = Objects.checkIndex(Integer.parseInt(words[1]) - 1, Doors.COUNT) + 1;
            return switch (words[0].toLowerCase(Locale.ROOT)) {
                case "present" ->
                    released(board.present(
                            door, Long.parseLong(words[2]), words.length > 3 ? Integer.parseInt(words[3]) : 0));
                case "type" -> released(board.type(door, Integer.parseInt(words[2])));
                case "press" -> released(board.press(door));
                case "open" -> leaf(board, door, true);
                case "close" -> leaf(board, door, false);
                default -> "unknown";
            };
        } catch (NumberFormatException | IndexOutOfBoundsException | FrameException e) {
            return "unknown";
        }
    }

    private static String released(boolean released) {
        return released ? "released" : "refused";
    }

    private static String leaf(BoardEmulator board, int door, boolean open) {
        board.leaf(door, open);
        return open ? "opened" : "closed";
    }
}
