package io.zhitong.systemtests;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who watches the live wall (看实时墙的人): reads its stream from the first event on and comes back when it ends. */
final class Wall implements AutoCloseable {
    private static final int LAST = 40;

    private final String url;
    private final NavigableMap<Long, Line> lines = new ConcurrentSkipListMap<>();
    private final Map<Long, Boolean> up = new ConcurrentHashMap<>();
    private final Thread watcher;
    private volatile boolean closed;

    /** One event as the wall tells it, and when it came, by {@link System#nanoTime}. */
    record Line(long position, String what, String where, String who, String detail, long came) {}

    Wall(String url) {
        this.url = url;
        this.watcher = new Thread(this::watch, "wall-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch() {
        while (!closed) {
            try {
                Console console = Console.of(url, "property");
                try (Stream<String> stream = console.stream("/wall/stream?after=" + newest())) {
                    read(stream);
                }
            } catch (UncheckedIOException | AssertionError e) {
                // the backend is not there: what is shown is what was seen
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    private void read(Stream<String> stream) {
        String[] name = {""};
        stream.takeWhile(text -> !closed).forEach(text -> {
            if (text.startsWith("event:")) {
                name[0] = text.substring(6).strip();
            } else if (text.startsWith("data:")) {
                took(name[0], text.substring(5));
            }
        });
    }

    private void took(String name, String data) {
        if (name.equals("line")) {
            JsonNode node = JsonMapper.shared().readTree(data);
            Line line = new Line(
                    node.path("position").asLong(),
                    node.path("what").asString(),
                    node.path("where").asString(),
                    node.path("who").asString(),
                    node.path("detail").asString(),
                    System.nanoTime());
            lines.putIfAbsent(line.position(), line);
        } else if (name.equals("devices")) {
            JsonMapper.shared()
                    .readTree(data)
                    .forEach(node ->
                            up.put(node.path("number").asLong(), node.path("up").asBoolean()));
        }
    }

    /** How many events of this kind it has shown for this place. */
    long count(String what, String where) {
        return lines.values().stream()
                .filter(line -> line.what().equals(what) && line.where().equals(where))
                .count();
    }

    /** How many of them lie above this position. */
    long count(String what, String where, long above) {
        return lines.tailMap(above, false).values().stream()
                .filter(line -> line.what().equals(what) && line.where().equals(where))
                .count();
    }

    /** The newest event of this kind for this place, if there is one above this position. */
    Optional<Line> newest(String what, String where, long above) {
        return lines.values().stream()
                .filter(line -> line.position() > above
                        && line.what().equals(what)
                        && line.where().equals(where))
                .reduce((earlier, later) -> later);
    }

    /** Position of the newest event it has shown, 0 before the first. */
    long newest() {
        return lines.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    boolean shows(String what, String detail) {
        return lines.values().stream()
                .anyMatch(line -> line.what().equals(what) && line.detail().equals(detail));
    }

    boolean saysUp(long device) {
        return up.getOrDefault(device, false);
    }

    /** The last lines: who failed after many rounds wants to read the end, not the day. */
    @Override
    public String toString() {
        List<Line> all = List.copyOf(lines.values());
        return all.size() + " lines, the last: " + all.subList(Math.max(0, all.size() - LAST), all.size());
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
