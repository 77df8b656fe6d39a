package io.zhitong.cardreaders;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderNotice;
import io.zhitong.smcrypto.ByteWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

/**
 * A reader behind the TCP reader driver (网络读卡器): the card world's simulated readers, or a reader on another machine.
 *
 * <p>Frames: {@link ReaderFrame}. The connection is opened at the first call and again after a failure.
 */
public final class TcpReader implements CardReader {
    private static final int TELL_MILLIS = 1_000;

    private final DriverConnection driver;
    /** Of its own: who waits for a card keeps the other one busy. */
    private final DriverConnection words;

    private final String name;

    /** @param name the reader's name at the driver; nothing is sent yet */
    public TcpReader(InetSocketAddress driver, String name) {
        this.driver = new DriverConnection(driver, name);
        this.words = new DriverConnection(driver, name, TELL_MILLIS);
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean cardPresent() {
        return present(driver.request(ReaderFrame.Op.STATUS, new byte[0]));
    }

    @Override
    public boolean awaitChange(boolean known, Duration timeout) {
        boolean present = cardPresent();
        if (present != known || timeout.isZero()) {
            return present;
        }
        byte[] millis = new ByteWriter().u32(timeout.toMillis()).toByteArray();
        return present(driver.request(ReaderFrame.Op.WAIT_CHANGE, millis, timeout));
    }

    private static boolean present(byte[] body) {
        return body.length == 1 && body[0] == 1;
    }

    @Override
    public CardSession connect() {
        return new Session(driver, driver.request(ReaderFrame.Op.POWER_ON, new byte[0]));
    }

    /** @throws io.zhitong.cardspec.CardException READER_FAILED also when the driver does not know this request */
    @Override
    public Set<ReaderNotice.Means> tell(ReaderNotice notice) {
        byte[] means = words.request(ReaderFrame.Op.TELL, notice.encode());
        return ReaderNotice.Means.of(means.length == 0 ? 0 : means[0] & 0xFF);
    }

    @Override
    public void close() {
        driver.close();
        words.close();
    }

    /** One power-up through the driver. */
    private record Session(DriverConnection driver, byte[] ats) implements CardSession {
        @Override
        public byte[] transceive(byte[] apdu) {
            return driver.request(ReaderFrame.Op.APDU, apdu);
        }

        @Override
        public byte[] ats() {
            return ats.clone();
        }

        @Override
        public void close() {
            try {
                driver.request(ReaderFrame.Op.POWER_OFF, new byte[0]);
            } catch (io.zhitong.cardspec.CardException e) {
                // the card or the driver is gone: there is nothing left to power off
            }
        }
    }
}
