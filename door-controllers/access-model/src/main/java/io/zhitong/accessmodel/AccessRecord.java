package io.zhitong.accessmodel;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one device knows of one credential (门禁名单记录).
 *
 * <p>Bytes: credential 8 ‖ holder 4 ‖ status 1 ‖ traits 1 ‖ from 4 ‖ until 4 ‖ uses 2 ‖ least certificate number 2 ‖ n 1 ‖
 * n × group 2 ‖ m 1 ‖ m × carrier. Groups and carriers strictly rising; from and until in Unix seconds, 0 = since ever,
 * FFFFFFFF = without end. Source: our profile, docs/link.md.
 *
 * @param holder who holds it: card, phone and plate of one person bear one number, by which presence and company are
 *     counted; {@link #ITSELF} = the credential stands for itself
 * @param uses how often the credential may pass in all, {@link #UNLIMITED} = as often as it likes
 * @param leastCertificate a card certificate with a lower number was replaced and is refused
 * @param groups whose rights it has, ids on the GROUPS list of the same device
 */
public record AccessRecord(
        CredentialNumber credential,
        long holder,
        CredentialStatus status,
        Set<Trait> traits,
        Validity validity,
        int uses,
        int leastCertificate,
        List<Integer> groups,
        List<Carrier> carriers)
        implements ListRecord {

    public static final long ITSELF = 0;
    public static final int UNLIMITED = 0xFFFF;
    static final int MAX_CARRIERS = 8;
    static final int MAX_GROUPS = 64;
    private static final long ENDLESS = 0xFFFF_FFFFL;

    public AccessRecord {
        traits = Set.copyOf(traits);
        groups = groups.stream().sorted().toList();
        carriers = carriers.stream().sorted().toList();
        Bounds.u32(holder, "a holder");
        Bounds.u16(uses, "uses");
        Bounds.u16(leastCertificate, "a certificate number");
        groups.forEach(group -> Bounds.id(group, "a group"));
        ModelException.require(
                validity.untilSecond() == Long.MAX_VALUE || validity.untilSecond() < ENDLESS,
                ModelException.Reason.RANGE,
                "a validity that ends before the year 2106, or not at all");
        Bounds.u32(validity.fromSecond(), "a first second");
        ModelException.require(
                groups.size() <= MAX_GROUPS && carriers.size() <= MAX_CARRIERS,
                ModelException.Reason.LENGTH,
                "at most " + MAX_GROUPS + " groups and " + MAX_CARRIERS + " carriers");
        Bounds.distinct(groups, "no group");
        Bounds.distinct(carriers, "no carrier");
    }

    /** An active credential that stands for itself, without limit of uses or certificates. */
    public static AccessRecord of(CredentialNumber credential, Validity validity, List<Integer> groups) {
        return new AccessRecord(
                credential, ITSELF, CredentialStatus.ACTIVE, Set.of(), validity, UNLIMITED, 0, groups, List.of());
    }

    @Override
    public ListKind kind() {
        return ListKind.ACCESS;
    }

    @Override
    public byte[] canonical() {
        long until = validity.untilSecond();
        ByteWriter out = new ByteWriter()
                .u64(credential.value())
                .u32(holder)
                .u8(status.code())
                .u8(traits.stream().mapToInt(Trait::bit).sum())
                .u32(validity.fromSecond())
                .u32(until == Long.MAX_VALUE ? ENDLESS : until)
                .u16(uses)
                .u16(leastCertificate)
                .u8(groups.size());
        groups.forEach(out::u16);
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
                in.u32(),
                Coded.require(CredentialStatus.class, in.u8()),
                traits(in.u8()),
                validity(in.u32(), in.u32()),
                in.u16(),
                in.u16(),
                Decoding.list(in, in.u8(), ByteReader::u16),
                Decoding.list(in, in.u8(), AccessRecord::carrier));
    }

    private static Set<Trait> traits(int bits) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if ((bits & trait.bit()) != 0) {
                traits.add(trait);
            }
        }
        return traits;
    }

    private static Validity validity(long from, long until) {
        return new Validity(from, until == ENDLESS ? Long.MAX_VALUE : until);
    }

    private static Carrier carrier(ByteReader in) {
        return new Carrier(
                Coded.require(CarrierKind.class, in.u8()),
                Coded.require(CarrierLevel.class, in.u8()),
                Octets.of(in.bytes(in.u8())));
    }
}
