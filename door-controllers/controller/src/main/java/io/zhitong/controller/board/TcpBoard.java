package io.zhitong.controller.board;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A board behind a TCP line (TCP 输入输出板), protocol in docs/controller.md. Connects anew for as long as it takes. */
public final class TcpBoard implements Board, TextLine.Talk {

    private final TextLine line;
    private final Listener listener;
    private final Map<Integer, Boolean> standing = new TreeMap<>();

    private TcpBoard(InetSocketAddress address, Listener listener) {
        this.line = new TextLine("board", address, this);
        this.listener = listener;
    }

    public static TcpBoard open(InetSocketAddress address, Listener listener) {
        TcpBoard board = new TcpBoard(address, listener);
        board.line.open();
        return board;
    }

    @Override
    public void write(int io, boolean current, int millis) {
        synchronized (line) {
            standing.put(io, millis == 0 ? current : !current);
            line.say(set(io, current) + (millis == 0 ? "" : " " + millis));
        }
    }

    private static String set(int io, boolean current) {
        return "set " + io + ' ' + (current ? 1 : 0);
    }

    @Override
    public void feed() {
        line.say("feed");
    }

    @Override
    public boolean answers() {
        return line.answers();
    }

    @Override
    public List<String> greeting() {
        List<String> lines = new ArrayList<>(List.of("watch " + WATCH_MILLIS));
        synchronized (line) {
            standing.forEach((io, current) -> lines.add(set(io, current)));
        }
        return lines;
    }

    @Override
    public void heard(String... words) {
        if (words.length == 3 && words[0].equals("is")) {
            listener.reading(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        } else if (words.length == 3 && words[0].equals("typed")) {
            listener.typed(Integer.parseInt(words[1]), words[2]);
        }
    }

    @Override
    public void lost() {
        listener.lost();
    }

    @Override
    public void back() {
        listener.back();
    }

    @Override
    public void close() {
        line.close();
    }
}
