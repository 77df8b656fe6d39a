package io.zhitong.link;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the backend does with what devices say (设备消息处理). Calls for one session come one after the other, in the order of
 * its messages, on worker threads that may block; different sessions run at the same time. {@link #alarm} may overtake
 * everything. An exception closes the session: the device comes back and sends again what was not acknowledged.
 */
public interface LinkHandler {

    /**
     * A device has connected; its certificate names the address in {@code session}.
     *
     * @return what the backend holds of this journal, and the headers of the lists the device should hold
     * @throws LinkException to refuse the device by that reason; the connection ends
     */
    Greeting hello(LinkSession session);

    void heartbeat(LinkSession session, DeviceStatus status);

    /**
     * Stores records, in sequence. Returns only after the commit: the answer goes to the device as its acknowledgement.
     * What lies at or below the watermark is dropped by the callee, what skips is a gap for the callee to record.
     *
     * @param records at least one, each of the session's device and journal
     * @return the watermark after the commit
     */
    Watermark events(LinkSession session, List<JournalRecord> records);

    /** Shows an alarm ahead of its turn. Never store it: the record itself follows in order. */
    void alarm(LinkSession session, JournalRecord copy);

    /** The newest list of this kind for the session's device. */
    Optional<SignedList> list(LinkSession session, ListKind kind);

    /** A device's answer to a command, whether or not somebody waits for it. */
    void answered(LinkSession session, CommandAnswer answer);

    /**
     * Certifies the device's next key under the name in the session's certificate, whatever the request wishes. Asked again
     * with the same key it answers the same certificate. Unless overridden nobody is renewed.
     *
     * @param pkcs10 DER, signed by the next key
     * @return the new certificate, then its authority's
     * @throws EnrolmentRefusedException NOT_RENEWED if the session's certificate is not due, not the device's, or revoked;
     *     BAD_REQUEST if the request is unusable
     */
    default List<X509Certificate> renew(LinkSession session, byte[] pkcs10) {
        throw new EnrolmentRefusedException(Enrolment.Refusal.NOT_RENEWED);
    }

    /**
     * The newest place of the vault's audit, for devices to keep; each is told with the answer to its next heartbeat. Must be
     * quick: it is asked on the connection's thread.
     *
     * @return {@value CheckpointKeeper#LENGTH} bytes
     */
    default Optional<Octets> checkpoint() {
        return Optional.empty();
    }

    /** Where pictures go; unless overridden none is taken. */
    default BlobKeeper blobs() {
        return BlobKeeper.none();
    }

    /**
     * Bytes of an update's bundle of the session's community; read beside the other calls.
     *
     * @return what follows {@code from}, 1 to {@code most} bytes; none when there is no such bundle here
     */
    default byte[] image(LinkSession session, Hash bundle, long from, int most) {
        return new byte[0];
    }

    /** The session has ended; the last call for it, made once if and only if {@link #hello} returned. */
    void closed(LinkSession session, CloseReason reason);

    /**
     * Answer to a hello.
     *
     * @param stored watermark of the session's journal
     * @param lists newest list of each kind
     */
    record Greeting(Watermark stored, List<ListHeader> lists) {
        public Greeting {
            lists = List.copyOf(lists);
        }
    }
}
