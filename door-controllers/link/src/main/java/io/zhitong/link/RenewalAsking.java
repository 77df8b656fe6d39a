package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.Coded;
import io.zhitong.link.proto.FromDevice;
import io.zhitong.link.proto.Renewal;
import io.zhitong.link.proto.Renewed;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.Pem;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the next certificate when it is time, and not again before the last question can have been answered. All
 * calls come on the client's worker.
 */
final class RenewalAsking {

    /** A question whose answer was lost with its connection may be asked again after so long. */
    private static final long UNANSWERED_MILLIS = 10_000;
    /** A backend that said no is not asked again before. */
    private static final long REFUSED_MILLIS = 3_600_000;

    private static final Logger LOG = LoggerFactory.getLogger(RenewalAsking.class);

    private final CertificateRenewal renewal;
    private final BackendTime time;
    private Optional<Long> quietUntil = Optional.empty();

    RenewalAsking(CertificateRenewal renewal, BackendTime time) {
        this.renewal = renewal;
        this.time = time;
    }

    /** The question to send now; none while the backend's time is not known. */
    Optional<FromDevice> question() {
        long now = time.monotonic();
        if (time.now().isEmpty() || quietUntil.filter(until -> now - until < 0).isPresent()) {
            return Optional.empty();
        }
        return renewal.question(Instant.ofEpochMilli(time.now().getAsLong())).map(request -> {
            quietUntil = Optional.of(now + UNANSWERED_MILLIS);
            return FromDevice.newBuilder()
                    .setRenewal(Renewal.newBuilder().setPkcs10(ByteString.copyFrom(request)))
                    .build();
        });
    }

    /**
     * Takes the answer.
     *
     * @return whether the device has a new certificate now
     * @throws LinkException MALFORMED if it is no answer to the question
     */
    boolean answered(Renewed answer) {
        if (answer.getRefusal() != 0) {
            Enrolment.Refusal reason =
                    Coded.find(Enrolment.Refusal.class, answer.getRefusal()).orElse(Enrolment.Refusal.FAILED);
            LOG.warn("certificate not renewed reason={}", reason);
            quietUntil = Optional.of(time.monotonic() + REFUSED_MILLIS);
            renewal.refused(reason);
            return false;
        }
        try {
            renewal.granted(answer.getCertificateList().stream()
                    .map(der -> Pem.certificate(der.toByteArray()))
                    .toList());
        } catch (MachineTlsException e) {
            throw new LinkException(LinkFault.MALFORMED, "expected a certificate for the key asked", e);
        }
        LOG.info("certificate renewed");
        return true;
    }
}
