package io.zhitong.cardreaders;

import io.zhitong.cardspec.ReaderFrame;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Moves the simulated cards and reads the simulated building (虚拟卡世界): what hands do in a real one.
 *
 * <p>Bodies are JSON, see {@link ReaderFrame.Op}. Every call throws {@link io.zhitong.cardspec.CardException} when the
 * driver cannot be reached or refuses.
 */
public final class CardWorldClient implements AutoCloseable {
    private final DriverConnection driver;

    public CardWorldClient(InetSocketAddress driver) {
        this.driver = new DriverConnection(driver, "");
    }

    /** Readers, cards and where each lies, as the driver's JSON. */
    public String list() {
        return call(ReaderFrame.Op.LIST, "");
    }

    /** Makes a factory-fresh card of a profile such as {@code community} or {@code psam}. */
    public void newCard(String name, String profile) {
        call(ReaderFrame.Op.NEW, object("name", name, "profile", profile));
    }

    /** Lays a card on a reader. */
    public void insert(String card, String reader) {
        call(ReaderFrame.Op.INSERT, object("card", card, "reader", reader));
    }

    /** Takes the card away from a reader. */
    public void remove(String reader) {
        call(ReaderFrame.Op.REMOVE, object("reader", reader));
    }

    /** Power of the card on the reader fails at the n-th program or erase operation of its next command. */
    public void tear(String reader, int operation) {
        call(ReaderFrame.Op.TEAR, "{\"reader\":" + quote(reader) + ",\"operation\":" + operation + "}");
    }

    /** Pulses a relay of the simulated building. */
    public void pulseRelay(long device, int point, int pulseMillis) {
        call(
                ReaderFrame.Op.RELAY,
                "{\"device\":" + device + ",\"point\":" + point + ",\"pulseMillis\":" + pulseMillis + "}");
    }

    /** All relay pulses so far, as the driver's JSON list. */
    public String relays() {
        return call(ReaderFrame.Op.RELAYS, "");
    }

    /** What the simulated readers showed and said so far, as the driver's JSON list. */
    public String told() {
        return call(ReaderFrame.Op.TOLD, "");
    }

    @Override
    public void close() {
        driver.close();
    }

    private String call(ReaderFrame.Op op, String json) {
        return new String(driver.request(op, json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String object(String name1, String value1, String name2, String value2) {
        return "{\"" + name1 + "\":" + quote(value1) + ",\"" + name2 + "\":" + quote(value2) + "}";
    }

    private static String object(String name, String value) {
        return "{\"" + name + "\":" + quote(value) + "}";
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < 0x20) {
                throw new IllegalArgumentException("a name holds no control characters");
            }
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
