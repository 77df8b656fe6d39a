package io.zhitong.bench;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.IssuerPurpose;
import io.zhitong.accessmodel.IssuerRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The lists of one controller with 64 points and very many credentials, signed (整机名单). */
final class DoorLists {
    static final int POINTS = 64;
    private static final int GROUPS = 40;
    private static final long MADE = 1_700_000_000L;

    private final Sm2PrivateKey policyKey = Sm2PrivateKey.generate(RandomSource.secure());

    /** @param cards these too may pass everywhere */
    List<SignedList> signed(int credentials, List<CredentialNumber> cards, Sm2PublicKey issuer) {
        List<byte[]> access = new ArrayList<>(new MillionEstate(credentials).records());
        cards.forEach(card -> access.add(resident(card).canonical()));
        return List.of(
                list(ListKind.ACCESS, MerkleTree.of(ListKind.ACCESS, access)),
                list(ListKind.GROUPS, groups()),
                list(ListKind.POINTS, points()),
                list(ListKind.ISSUERS, List.of(new IssuerRecord(issuer, IssuerPurpose.CARD, Validity.ALWAYS))),
                list(
                        ListKind.SETTINGS,
                        List.of(
                                new SettingRecord(SettingKey.ZONE, "Asia/Shanghai"),
                                new SettingRecord(SettingKey.COMMUNITY_NUMBER, "44030001"))));
    }

    Sm2PublicKey signer() {
        return policyKey.publicKey();
    }

    private static AccessRecord resident(CredentialNumber card) {
        return new AccessRecord(
                card,
                AccessRecord.ITSELF,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                1,
                List.of(1),
                List.of());
    }

    private static List<ListRecord> groups() {
        return IntStream.rangeClosed(1, GROUPS)
                .<ListRecord>mapToObj(group -> new GroupRecord(
                        group,
                        IntStream.rangeClosed(1, POINTS)
                                .mapToObj(point -> new Right(new PointId(point), 0, group))
                                .toList()))
                .toList();
    }

    private static List<ListRecord> points() {
        return IntStream.rangeClosed(1, POINTS)
                .<ListRecord>mapToObj(point -> PointRecord.of(
                        new PointId(point),
                        PointKind.DOOR,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.SEALED_CARD,
                        PointTimes.of(3_000, 30_000),
                        point + "号门"))
                .toList();
    }

    private SignedList list(ListKind kind, List<ListRecord> records) {
        return list(kind, SignedList.compile(kind, records));
    }

    private SignedList list(ListKind kind, MerkleTree tree) {
        ListTarget target = new ListTarget(
                MachineEstate.DOOR.community(),
                MachineEstate.DOOR.device(),
                kind,
                new ListVersion(1, 1),
                MADE,
                ListHeader.NO_LEASE_END);
        return SignedList.sign(
                target, tree, policyKey.publicKey(), message -> Sm2.sign(policyKey, message, RandomSource.secure()));
    }
}
