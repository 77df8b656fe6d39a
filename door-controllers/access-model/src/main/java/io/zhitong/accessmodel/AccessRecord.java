package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * What one device knows of one credential (门禁名单记录).
 *
 * <p>Bytes: credential 8 ‖ status 1 ‖ from 8 ‖ until 8 ‖ uses 2 ‖ least certificate number 2 ‖ n 1 ‖ n × right 8 ‖ m 1 ‖
 * m × carrier. Rights and carriers strictly rising. Source: our profile, docs/link.md.
 *
 * @param uses how often the credential may pass in all, {@link #UNLIMITED} = as often as it likes
 * @param leastCertificate a card certificate with a lower number was replaced and is refused
 */
public record AccessRecord(
        CredentialNumber credential,
        CredentialStatus status,
        Validity validity,
        int uses,
        int leastCertificate,
        List<Right> rights,
        List<Carrier> carriers)
        implements ListRecord {

    public static final int UNLIMITED = 0xFFFF;
    private static final int MAX_CARRIERS = 8;
    private static final int MAX_RIGHTS = 64;

    public AccessRecord {
        rights = rights.stream().sorted().toList();
        carriers = carriers.stream().sorted().toList();
        ModelException.require(uses >= 0 && uses <= UNLIMITED, ModelException.Reason.RANGE, "uses u16");
        ModelException.require(
                leastCertificate >= 0 && leastCertificate <= 0xFFFF,
                ModelException.Reason.RANGE,
                "a certificate number u16");
        ModelException.require(
                rights.size() <= MAX_RIGHTS && carriers.size() <= MAX_CARRIERS,
                ModelException.Reason.LENGTH,
                "at most " + MAX_RIGHTS + " rights and " + MAX_CARRIERS + " carriers");
        ModelException.require(
                rights.stream().distinct().count() == rights.size()
                        && carriers.stream().distinct().count() == carriers.size(),
                ModelException.Reason.ORDER,
                "no right and no carrier twice");
    }

    /** An active credential without limit of uses or certificates. */
    public static AccessRecord of(CredentialNumber credential, Validity validity, List<Right> rights) {
        return new AccessRecord(credential, CredentialStatus.ACTIVE, validity, UNLIMITED, 0, rights, List.of());
    }

    @Override
    public ListKind kind() {
        return ListKind.ACCESS;
    }

    @Override
    public byte[] canonical() {
        ByteWriter out = new ByteWriter()
                .u64(credential.value())
                .u8(status.code())
                .u64(validity.fromSecond())
                .u64(validity.untilSecond())
                .u16(uses)
                .u16(leastCertificate)
                .u8(rights.size());
        for (Right right : rights) {
            out.u16(right.point().value()).u16(right.schedule()).u32(right.rule());
        }
        out.u8(carriers.size());
        for (Carrier carrier : carriers) {
            out.u8(carrier.kind().code())
                    .u8(carrier.level().code())
                    .u8(carrier.value().length())
                    .bytes(carrier.value().toByteArray());
        }
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of an access record */
    public static AccessRecord decode(byte[] bytes) {
        return Decoding.canonical(bytes, ListKind.ACCESS, AccessRecord::read);
    }

    private static AccessRecord read(ByteReader in) {
        return new AccessRecord(
                new CredentialNumber(in.u64()),
                Coded.require(CredentialStatus.class, in.u8()),
                new Validity(in.u64(), in.u64()),
                in.u16(),
                in.u16(),
                Decoding.list(in, in.u8(), AccessRecord::right),
                Decoding.list(in, in.u8(), AccessRecord::carrier));
    }

    private static Right right(ByteReader in) {
        return new Right(new PointId(in.u16()), in.u16(), in.u32());
    }

    private static Carrier carrier(ByteReader in) {
        return new Carrier(
                Coded.require(CarrierKind.class, in.u8()),
                Coded.require(CarrierLevel.class, in.u8()),
                Octets.of(in.bytes(in.u8())));
    }
}
