package io.zhitong.zt.keycard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.Proposal;
import io.zhitong.keyapi.ProposalState;
import io.zhitong.keyvault.QuickPinVault;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.keyvault.VaultProcess;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.virtualcard.world.CardWorldServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Key cards and SAMs made on the simulated card world's readers for a served demo vault, told as command lines. */
@Timeout(120)
class KeysCardCommandTest {
    private static final String PIN = "271828\n";
    private static final String PARTNER = "5a542d4349545931";
    private static final String CITY = "4403ff0000000000";

    @TempDir
    Path folder;

    private Path data;
    private VaultProcess vault;
    private CardWorldServer world;
    private final Map<String, String> lying = new HashMap<>();
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("vault");
        vault = serve();
        Path transport = data.resolve("factory/transport.key");
        world = new CardWorldServer(
                new CardWorldServer.Settings(
                        folder.resolve("cards"),
                        0,
                        Optional.empty(),
                        List.of("desk", "desk-2"),
                        Optional.of(transport)),
                InstantSource.system());
    }

    private VaultProcess serve() throws IOException {
        return QuickPinVault.serve(new VaultProcess.Settings(data, 0, true, List.of(), false));
    }

    @AfterEach
    void stop() throws IOException {
        vault.close();
        world.close();
    }

    private InetSocketAddress driver() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), world.port());
    }

    private void lay(String card, String profile, String reader) {
        try (var client = new CardWorldClient(driver())) {
            if (!client.list().contains("\"" + card + "\"")) {
                client.newCard(card, profile);
            }
            if (lying.containsKey(reader)) {
                client.remove(reader);
            }
            lying.put(reader, card);
            client.insert(card, reader);
        }
    }

    /** Runs {@code zt keys …}; what is typed goes to standard input. */
    private int zt(String typed, String... arguments) {
        InputStream before = System.in;
        StringWriter said = new StringWriter();
        StringWriter failed = new StringWriter();
        ZtCommand command = ServiceLoader.load(ZtCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.group() == CommandGroup.KEYS)
                .filter(each -> new CommandLine(each.command()).getCommandName().equals(arguments[0]))
                .findFirst()
                .orElseThrow();
        CommandLine line = Programs.commandLine(command.command());
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(failed));
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.US_ASCII)));
        try {
            return line.execute(Stream.of(arguments).skip(1).toArray(String[]::new));
        } finally {
            System.setIn(before);
            out = said.toString();
            err = failed.toString();
        }
    }

    /** {@code zt keys card} at the desk. */
    private int card(String typed, String... arguments) {
        return zt(
                typed,
                Stream.concat(
                                Stream.of(
                                        "card",
                                        arguments[0],
                                        "--driver",
                                        "127.0.0.1:" + world.port(),
                                        "--reader",
                                        "desk"),
                                Stream.of(arguments).skip(1))
                        .toArray(String[]::new));
    }

    private int make(String typed, String kind, String serial, String... more) {
        return card(
                typed,
                Stream.concat(
                                Stream.of(
                                        "make",
                                        kind,
                                        "--serial",
                                        serial,
                                        "--data",
                                        data.toString(),
                                        "--holder",
                                        "Wang",
                                        "--place",
                                        "Safe 1"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void custodians_open_a_sealed_vault_with_their_master_control_cards() throws IOException {
        for (int i = 1; i <= 3; i++) {
            lay("control-" + i, "blank", "desk");
            Path share = data.resolve("demo-quorum/share-" + i + ".txt");
            assertEquals(0, make(PIN, "control", "0000440399010000000" + i, "--share", share.toString()), err);
            assertTrue(out.contains("总控卡 master control card") && out.contains("number " + i), out);
            assertFalse(out.contains(Files.readString(share).strip().substring(22, 86)), "the share is not printed");
        }
        assertEquals(0, card(PIN, "verify"), err);
        assertEquals(1, card("314159\n", "verify"));
        assertTrue(err.contains("4 tries left") && err.contains("口令错误"), err);
        assertEquals(0, zt("", "seal", "--data", data.toString()), err);
        for (int i = 1; i <= 3; i++) {
            lay("control-" + i, "blank", "desk");
            assertEquals(0, card(PIN, "unseal", "--data", data.toString()), err);
        }
        assertTrue(out.contains("open"), out);
        assertEquals(0, zt("", "card", "list", "--data", data.toString()), err);
        assertEquals(3, out.lines().filter(line -> line.contains("总控卡")).count(), out);
    }

    @Test
    void share_of_another_vault_is_refused_by_the_vault() throws IOException {
        Path strange = folder.resolve("strange");
        QuickPinVault.serve(new VaultProcess.Settings(strange, 0, true, List.of(), false))
                .close();
        lay("control", "blank", "desk");
        Path share = strange.resolve("demo-quorum/share-1.txt");
        assertEquals(0, make(PIN, "control", "00004403990100000001", "--share", share.toString()), err);
        zt("", "seal", "--data", data.toString());
        assertEquals(1, card(PIN, "unseal", "--data", data.toString()));
        assertTrue(err.contains("份额不属于本密钥库"), err);
    }

    @Test
    void exchange_key_needs_mother_and_transport_card() throws IOException {
        lay("transport", "blank", "desk");
        assertEquals(0, make(PIN, "transport", "00004403990200000001", "--partner", PARTNER), err);
        lay("transport", "blank", "desk-2");
        lay("mother", "blank", "desk");
        String[] mother = {"--partner", PARTNER, "--other-reader", "desk-2"};
        assertEquals(0, make(PIN + PIN, "mother", "00004403990200000002", mother), err);
        String kcv = out.substring(out.indexOf("CMAC"), out.indexOf("CMAC") + 11);
        String[] exchange = {"exchange", "--data", data.toString(), "--key-version", "2", "--other-reader", "desk-2"};
        vault.close();
        assertEquals(0, card(PIN + PIN, exchange), err);
        assertTrue(out.contains("EXCHANGE/2:" + PARTNER) && out.contains(kcv), out + kcv);
        assertEquals(1, card(PIN + "314159\n", exchange));
        lay("other", "blank", "desk-2");
        assertEquals(1, card(PIN + PIN, exchange));
        assertTrue(err.contains("不是密钥卡"), err);
        vault = serve();
        assertEquals(0, zt("", "card", "list", "--data", data.toString()));
        assertTrue(out.contains("密钥母卡") && out.contains("传输卡"), out);
    }

    @Test
    void mother_card_takes_blocks_that_may_leave_and_gives_them_back() throws IOException {
        lay("transport", "blank", "desk-2");
        lay("mother", "blank", "desk");
        assertEquals(0, makeOnSecond(), err);
        assertEquals(
                0,
                make(PIN + PIN, "mother", "00004403990200000002", "--partner", PARTNER, "--other-reader", "desk-2"),
                err);
        String exportable = "40133144X02E0100LN1514403FF0000000000" + "A".repeat(96);
        Path block = Files.writeString(folder.resolve("block"), exportable + "\n");
        assertEquals(0, card(PIN, "blocks", "--add", block.toString()), err);
        assertEquals(exportable, out.strip());
        Files.writeString(block, exportable.replace("02E0", "02N0"));
        assertEquals(1, card(PIN, "blocks", "--add", block.toString()));
        assertTrue(err.contains("不可导出"), err);
        assertEquals(0, card(PIN, "blocks"), err);
        assertEquals(1, out.strip().lines().count());
    }

    private int makeOnSecond() {
        return zt(
                PIN,
                "card",
                "make",
                "transport",
                "--driver",
                "127.0.0.1:" + world.port(),
                "--reader",
                "desk-2",
                "--serial",
                "00004403990200000001",
                "--partner",
                PARTNER,
                "--data",
                data.toString(),
                "--holder",
                "Wang",
                "--place",
                "Safe 2");
    }

    @Test
    void psam_is_issued_twice_registered_leased_and_lost() {
        lay("psam", "psam", "desk");
        String[] common = {
            "--city",
            CITY,
            "--serial",
            "00004403990300000001",
            "--data",
            data.toString(),
            "--holder",
            "Shop",
            "--place",
            "Till 1"
        };
        assertEquals(1, card("", second(common)), "no first issue yet");
        assertTrue(err.contains("尚未一次发卡"), err);
        assertEquals(
                0,
                card(
                        "",
                        Stream.concat(Stream.of("psam-first"), Stream.of(common))
                                .toArray(String[]::new)),
                err);
        assertEquals(0, card("", second(common)), err);
        assertTrue(out.contains("写入租约"), out);
        try (TcpReader reader = new TcpReader(driver(), "desk");
                CardSession card = reader.connect()) {
            Psam psam = Psam.open(card);
            assertEquals("440300000043", Hex.of(psam.terminal()));
            assertEquals(100_000, psam.lease().orElseThrow().highest());
        }
        assertEquals(0, zt("", "custody", "list", "--data", data.toString()), err);
        assertEquals(1, out.lines().count(), out);
        assertTrue(out.contains("DPK/1:" + CITY), out);
        assertEquals(0, zt("", "custody", "lost", "1", "--by", "Shop", "--data", data.toString()), err);
        assertTrue(out.contains("遗失") && out.contains("DPK/1:" + CITY) && out.contains("轮换"), out);
        assertEquals(1, card("", second(common)), "a lost module is issued to nobody");
    }

    private static String[] second(String... common) {
        return Stream.concat(
                        Stream.of("psam-second", "--community", "0000000044030001", "--terminal", "440300000043"),
                        Stream.of(common))
                .toArray(String[]::new);
    }

    @Test
    void custodian_with_an_authentication_card_approves_with_card_and_pin() throws IOException {
        List<String[]> people = Files.readAllLines(data.resolve("demo-custodians.txt")).stream()
                .map(line -> line.split(" ", 3))
                .toList();
        String pins = PIN + people.get(0)[1] + "\n" + people.get(1)[1] + "\n";
        String[] who = {"--custodian", people.get(0)[2], "--witness", people.get(1)[2]};
        lay("auth", "blank", "desk");
        assertEquals(0, make(pins, "authentication", "00004403990400000001", who), err);
        assertTrue(out.contains("认证卡") && out.contains("64 approvals"), out);
        assertEquals(0, zt("", "new-version", "--data", data.toString(), "--key", "DTK/2"), err);
        String proposal = out.substring(out.indexOf("待批指令 ") + 5).substring(0, 16);
        String[] prove = {"prove", "--data", data.toString(), "--custodian", people.get(0)[2], "--proposal", proposal};
        assertEquals(KeyRefusal.CARD_NEEDED, approve(people.get(0), proposal).orElseThrow());
        assertEquals(1, card("314159\n", prove));
        String[] others = prove.clone();
        others[4] = people.get(1)[2];
        assertEquals(1, card(PIN, others));
        assertTrue(err.contains("不是该保管人"), err);
        assertEquals(0, card(PIN, prove), err);
        assertTrue(out.contains("DTK/2"), out);
        assertEquals(Optional.empty(), approve(people.get(0), proposal));
        assertEquals(Optional.empty(), approve(people.get(1), proposal), "who has no card approves by PIN");
        try (KeyAdministration after = VaultAccess.people(data)) {
            assertEquals(
                    ProposalState.DONE, after.custodians().proposals().get(0).state());
        }
    }

    private Optional<KeyRefusal> approve(String[] custodian, String proposal) {
        try (KeyAdministration people = VaultAccess.people(data);
                SecretBytes pin = SecretBytes.takeOver(custodian[1].getBytes(StandardCharsets.US_ASCII))) {
            Proposal asked = people.custodians().proposals().stream()
                    .filter(each -> each.name().equals(proposal))
                    .findFirst()
                    .orElseThrow();
            people.custodians().approve(asked.number(), asked.digest(), Integer.parseInt(custodian[0]), pin);
            return Optional.empty();
        } catch (KeyServiceException e) {
            return Optional.of(e.reason());
        }
    }

    @Test
    void custodian_hands_over_and_counts_with_his_pin_only() throws IOException {
        String line = Files.readAllLines(data.resolve("demo-custodians.txt")).get(1);
        String[] second = line.split(" ", 3);
        String pin = second[1] + "\n";
        String[] at = {"--data", data.toString()};
        assertEquals(
                0,
                custody("", at, "enter", "--kind", "share", "--serial", "S1", "--holder", second[2], "--place", "Safe"),
                err);
        String[] handOver = {"hand-over", "1", "--from", second[2], "--to", "Li", "--place", "Safe 2"};
        assertEquals(1, custody("000001\n", at, handOver));
        assertTrue(err.contains("口令错误"), err);
        assertEquals(0, custody(pin, at, handOver), err);
        assertEquals(1, custody("", at, "confirm", "1", "--by", "Zhao"));
        assertEquals(0, custody("", at, "confirm", "1", "--by", "Li"), err);
        assertTrue(out.contains("在保管 held  Li  Safe 2"), out);
        Path counted = Files.writeString(folder.resolve("counted"), "S1\n\nS9\n");
        String[] count = {"stock-take", counted.toString(), "--by", second[2], "--and", "Li"};
        assertEquals(1, custody(pin, at, count));
        assertTrue(out.contains("在库: 1") && out.contains("未登记: S9"), out);
        assertEquals(0, custody(pin, at, "destroy", "1", "--by", "Li", "--witness", second[2]), err);
        Files.writeString(counted, "");
        assertEquals(0, custody(pin, at, count), err);
        assertEquals(0, zt("", "audit", "show", "--data", data.toString()), err);
        assertTrue(out.contains("保管登记 custody") && out.contains("destroyed by Li before " + second[2]), out);
    }

    private int custody(String typed, String[] at, String... arguments) {
        return zt(
                typed,
                Stream.of(Stream.of("custody"), Stream.of(arguments), Stream.of(at))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    @Test
    void wrong_options_and_missing_readers_are_told_in_one_line() throws IOException {
        assertEquals(3, card("", "show"));
        assertEquals(1, err.lines().count(), err);
        lay("blank", "blank", "desk");
        assertEquals(2, make(PIN, "control", "12"));
        assertEquals(2, make(PIN, "authentication", "00004403990100000001"), "for whom, and before whom");
        assertEquals(1, card("", "show"));
        assertTrue(err.contains("no key card") && err.contains("不是密钥卡"), err);
        vault.close();
        assertEquals(3, zt("", "card", "list", "--data", data.toString()));
        vault = serve();
        assertEquals(0, zt("", "card", "--help"));
        assertTrue(out.contains("psam-second"), out);
    }
}
