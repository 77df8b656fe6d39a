package io.zhitong.zt.keycard;

import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.AuthenticationCard;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyvault.VaultAccess;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.personalisation.keycard.ExchangeComponents;
import io.zhitong.personalisation.keycard.KeyCardKind;
import io.zhitong.personalisation.keycard.KeyCardLabel;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zt keys card make} (制作密钥卡). */
@Command(
        name = "make",
        mixinStandardHelpOptions = true,
        description = {
            "Make a blank card a key card and enter it into the register 制作密钥卡并登记.",
            "control 总控卡: a share from --share; transport 传输卡: a fresh component of a partner's exchange key;",
            "mother 密钥母卡: the other component, with the transport card on --other-reader;",
            "authentication 认证卡: a custodian's second factor, enrolled before another custodian."
        })
final class MakeCommand extends AtReader {
    @Parameters(paramLabel = "KIND", description = "control, transport, mother, authentication 种类")
    private KeyCardKind kind = KeyCardKind.CONTROL;

    @Option(names = "--serial", required = true, paramLabel = "20 DIGITS", description = "of the card 卡号")
    private String serial = "";

    @Option(names = "--share", paramLabel = "FILE", description = "file with the share; typed without it 分量文件")
    private Optional<Path> share = Optional.empty();

    @Option(names = "--partner", paramLabel = "16 HEX", description = "factor of the partner 对方标识")
    private String partner = "";

    @Option(names = "--other-reader", paramLabel = "NAME", description = "reader with the transport card 传输卡读卡器")
    private Optional<String> other = Optional.empty();

    @Option(names = "--custodian", paramLabel = "NAME", description = "whose authentication card 认证卡持有人")
    private String custodian = "";

    @Option(names = "--witness", paramLabel = "NAME", description = "another custodian, present 见证保管人")
    private String witness = "";

    @Mixin
    private RegisterOptions register = new RegisterOptions();

    @Override
    void run(CardSession card, PrintWriter out) throws IOException {
        byte[] number = hex("--serial", serial, 10);
        switch (kind) {
            case CONTROL -> control(card, number, out);
            case TRANSPORT -> transport(card, number, out);
            case MOTHER -> mother(card, number, out);
            case AUTHENTICATION -> authentication(card, number, out);
        }
    }

    private void control(CardSession card, byte[] number, PrintWriter out) throws IOException {
        try (SecretBytes text = text();
                Share parsed = parsed(text);
                SecretBytes bytes = bytes(text)) {
            var label = new KeyCardLabel(
                    KeyCardKind.CONTROL, number, parsed.setId(), LocalDate.now(), parsed.kcv(), parsed.x());
            make(card, label, bytes, CustodyKind.CONTROL_CARD, out);
        }
    }

    private void transport(CardSession card, byte[] number, PrintWriter out) throws IOException {
        byte[] owner = hex("--partner", partner, 8);
        try (SecretBytes component = fresh()) {
            byte[] kcv = ExchangeComponents.kcv(List.of(component));
            var label = new KeyCardLabel(KeyCardKind.TRANSPORT, number, owner, LocalDate.now(), kcv, 1);
            make(card, label, component, CustodyKind.TRANSPORT_CARD, out);
        }
    }

    private void mother(CardSession card, byte[] number, PrintWriter out) throws IOException {
        byte[] owner = hex("--partner", partner, 8);
        String name = other.orElseThrow(
                () -> new CommandFailure(ExitStatus.USAGE, "expected --other-reader with the transport card"));
        try (SecretBytes component = fresh();
                CardReader second = reader().open(name);
                CardSession transport = second.connect();
                SecretBytes theirs = TransportCard.component(transport, owner)) {
            byte[] kcv = ExchangeComponents.kcv(List.of(component, theirs));
            var label = new KeyCardLabel(KeyCardKind.MOTHER, number, owner, LocalDate.now(), kcv, 2);
            make(card, label, component, CustodyKind.MOTHER_CARD, out);
        }
    }

    private void authentication(CardSession card, byte[] number, PrintWriter out) throws IOException {
        if (custodian.isEmpty() || witness.isEmpty()) {
            throw new CommandFailure(ExitStatus.USAGE, "expected --custodian and --witness");
        }
        try (KeyAdministration vault = VaultAccess.people(register.data());
                SecretBytes key = fresh()) {
            var label = new KeyCardLabel(
                    KeyCardKind.AUTHENTICATION,
                    number,
                    EnrolledCard.vaultId(register.data()),
                    LocalDate.now(),
                    ExchangeComponents.kcv(List.of(key)),
                    EnrolledCard.custodian(vault, custodian).number());
            make(card, label, key, CustodyKind.AUTHENTICATION_CARD, out);
            try (CustodyPerson owner = EnrolledCard.person(vault, custodian);
                    CustodyPerson other = EnrolledCard.person(vault, witness)) {
                AuthenticationCard enrolled =
                        vault.authenticationCards().enrol(owner, other, number, EnrolledCard.pairs(key));
                out.println("enrolled 已登记: " + enrolled.left() + " approvals 次批准");
            }
        }
    }

    private void make(CardSession card, KeyCardLabel label, SecretBytes secret, CustodyKind custody, PrintWriter out)
            throws IOException {
        try (SecretBytes pin = VaultAccess.ask("new PIN, 6 digits 新口令（6位）: ")) {
            CARDS.make(card, label, pin, secret);
        }
        out.println(label.line());
        String kcv = "CMAC " + Hex.of(label.kcv()).toUpperCase(Locale.ROOT);
        register.enter(out, custody, label.serial(), kcv);
    }

    private static SecretBytes fresh() {
        return SecretBytes.takeOver(RandomSource.secure().bytes(KeyCardKind.TRANSPORT.secretLength()));
    }

    private SecretBytes text() throws IOException {
        return share.isPresent()
                ? SecretBytes.takeOver(Files.readAllBytes(share.get()))
                : VaultAccess.ask("share 分量: ");
    }

    private static Share parsed(SecretBytes text) {
        return Share.parse(string(text));
    }

    private static SecretBytes bytes(SecretBytes text) {
        return SecretBytes.takeOver(Hex.parse(string(text)));
    }

    private static String string(SecretBytes text) {
        return new String(text.export(SecretAccess.TOKEN), StandardCharsets.US_ASCII).strip();
    }
}
