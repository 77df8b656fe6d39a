package io.zhitong.backend.devices;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultClients;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.machinetls.Pem;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * One changed credential, from the mark to the headers that a gateway offers (名单发布): compiled, signed by a real vault over TLS,
 * kept in the database, read again.
 *
 * @param millis of each round, rising
 * @param first milliseconds for the first lists of all devices
 * @param leaves headers under one signature
 * @param good whether each header read verifies under the vault's key and brings what changed
 */
public record PublishFigure(int devices, int credentials, double[] millis, double first, long leaves, boolean good) {
    public static final double MOST_MILLIS = 500;
    private static final int ROUNDS = 9;
    private static final CommunityId ONE = new CommunityId(1);

    public static PublishFigure measure(TestDatabase database, Path folder, int devices, int credentials) {
        try (VaultProcess vault = VaultProcess.start(
                        new VaultProcess.Settings(Files.createDirectories(folder), 0, true, List.of(), false),
                        Clock.systemUTC(),
                        RandomSource.secure());
                KeyService keys = connected(vault, folder)) {
            return measure(database, keys, devices, credentials);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyService connected(VaultProcess vault, Path folder) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), vault.port());
        X509Certificate authority =
                Pem.certificates(Files.readString(folder.resolve("ca.pem"))).get(0);
        String token = Files.readString(folder.resolve("backend.token"));
        return VaultClients.connect(
                address, authority, VaultClients.enrolBackend(address, authority, token, "backend"));
    }

    private static PublishFigure measure(TestDatabase database, KeyService keys, int count, int credentials) {
        TestEstate estate = new TestEstate(database);
        estate.community(1);
        List<DeviceRow> devices = LongStream.rangeClosed(1, count)
                .mapToObj(number -> new DeviceRow(ONE, new DeviceId(number), DeviceKind.CONTROLLER, "门" + number))
                .toList();
        database.transactions().executeWithoutResult(status -> devices.forEach(estate.estate()::addDevice));
        ListChanges changes = new ListChanges(
                database.jdbc(),
                new TimeOrderedIds(Clock.systemUTC()),
                TestBackend.on(database).notices());
        Everybody everybody = new Everybody(credentials);
        DeviceLists lists = new DeviceLists(
                List.of(everybody),
                new ListRows(database.jdbc(), database.batches()),
                keys,
                Clock.systemUTC(),
                changes);
        double first = round(lists, devices, ListScope.EVERYTHING);
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < 2 * ROUNDS; i++) {
            everybody.taken = new CredentialNumber(1 + i * credentials / (2 * ROUNDS));
            millis[i % ROUNDS] = round(lists, devices, ListScope.of(everybody.taken));
        }
        Arrays.sort(millis);
        List<DeviceLists.News> news = news(lists, devices);
        Sm2PublicKey key = Sm2PublicKey.decode(keys.publicKey(SigningKey.POLICY));
        boolean good = news.size() == count
                && news.stream().allMatch(each -> each.change().isPresent())
                && news.stream().map(DeviceLists.News::header).allMatch(each -> right(each, key));
        return new PublishFigure(
                count, credentials, millis, first, news.get(0).header().proof().leaves(), good);
    }

    private static boolean right(ListHeader header, Sm2PublicKey key) {
        return header.version().number() == 2 * ROUNDS + 1 && header.signedBy(key);
    }

    private static double round(DeviceLists lists, List<DeviceRow> devices, ListScope scope) {
        long began = System.nanoTime();
        lists.changed(ONE, scope);
        DeviceLists.CompileRound round = lists.begin(ONE, scope);
        for (int done = 0; done < devices.size(); ) {
            done += lists.compile(round, devices.subList(done, devices.size()));
        }
        if (news(lists, devices).size() != devices.size()) {
            throw new IllegalStateException("a device has no list");
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static List<DeviceLists.News> news(DeviceLists lists, List<DeviceRow> devices) {
        return lists.news(
                ONE, ListKind.ACCESS, devices.stream().map(DeviceRow::id).toList());
    }

    /** The same access list for every device; one credential at a time has no rights. */
    private static final class Everybody implements DeviceListSource {
        private final int credentials;
        private CredentialNumber taken = new CredentialNumber(0);

        Everybody(int credentials) {
            this.credentials = credentials;
        }

        @Override
        public ListKind kind() {
            return ListKind.ACCESS;
        }

        @Override
        public boolean serves(DeviceRow device) {
            return true;
        }

        @Override
        public Object sameFor(DeviceRow device) {
            return device.community();
        }

        @Override
        public boolean byCredential() {
            return true;
        }

        @Override
        public List<? extends ListRecord> records(DeviceRow device) {
            return LongStream.rangeClosed(1, credentials)
                    .mapToObj(number -> record(new CredentialNumber(number)))
                    .toList();
        }

        @Override
        public List<? extends ListRecord> records(DeviceRow device, Set<CredentialNumber> credentials) {
            return credentials.stream().map(this::record).toList();
        }

        private AccessRecord record(CredentialNumber number) {
            return AccessRecord.of(number, Validity.ALWAYS, number.equals(taken) ? List.of() : List.of(1));
        }
    }

    public boolean held() {
        return good && leaves == devices && millis[ROUNDS - 1] <= MOST_MILLIS;
    }

    public String line() {
        return String.format(
                Locale.ROOT,
                "publish-thousand 名单发布: one of %,d credentials changed for %,d devices, signed by a vault over TLS, PostgreSQL: median"
                        + " %.0f ms, longest of %d %.0f ms (at most %.0f), %d headers under one signature, %s; first lists of all %.0f ms: %s",
                credentials,
                devices,
                millis[ROUNDS / 2],
                ROUNDS,
                millis[ROUNDS - 1],
                MOST_MILLIS,
                leaves,
                good ? "each good" : "NOT each good",
                first,
                held() ? "held 达标" : "NOT HELD 未达标");
    }
}
