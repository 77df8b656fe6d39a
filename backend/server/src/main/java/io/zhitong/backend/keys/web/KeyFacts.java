package io.zhitong.backend.keys.web;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.keys.BlastRadius;
import io.zhitong.backend.keys.BlastRadius.Answer;
import io.zhitong.backend.keys.Rotation;
import io.zhitong.backend.keys.Rotation.Line;
import io.zhitong.backend.keys.Rotation.Progress;
import io.zhitong.backend.keys.SamCustody;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.MalformedInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Rotation and blast radius as data (密钥轮换与影响面数据); docs/keys.md gives the fields. */
@Controller
@Allowed({Role.KEY_OFFICER, Role.AUDITOR, Role.ADMIN})
class KeyFacts {
    /** One version of one master. */
    record Version(
            String key,
            int version,
            String state,
            String stateChinese,
            String kcv,
            boolean newest,
            long cards,
            long sams) {
        static Version of(Line line) {
            return new Version(
                    line.master().key().text(),
                    line.master().version(),
                    line.master().state().english(),
                    line.master().state().chinese(),
                    line.master().kcvText(),
                    line.newest(),
                    line.cards(),
                    line.sams());
        }
    }

    /** One usage. */
    record Usage(
            String usage, String chinese, boolean done, long cardsBehind, long samsBehind, List<Version> versions) {
        static Usage of(Progress progress) {
            return new Usage(
                    progress.usage().name(),
                    progress.usage().chinese(),
                    progress.done(),
                    progress.cardsBehind(),
                    progress.samsBehind(),
                    progress.lines().stream().map(Version::of).toList());
        }
    }

    /** What falls. */
    record Blast(
            String what,
            String reach,
            String reachChinese,
            List<String> keys,
            long cards,
            List<String> terminals,
            List<String> fastDoors,
            List<String> fastDoorsWithoutSam) {
        static Blast of(Answer answer) {
            return new Blast(
                    answer.what(),
                    answer.reach().english(),
                    answer.reach().chinese(),
                    answer.keys().stream().map(KeyRef::text).toList(),
                    answer.cards(),
                    answer.terminals().stream()
                            .map(sam -> sam.kind() + " " + sam.serial() + " " + sam.terminal())
                            .toList(),
                    answer.fastDoors(),
                    answer.fastDoorsWithoutSam());
        }
    }

    private final Rotation rotation;
    private final BlastRadius blast;
    private final SamCustody custody;

    KeyFacts(Rotation rotation, BlastRadius blast, SamCustody custody) {
        this.rotation = rotation;
        this.blast = blast;
        this.custody = custody;
    }

    @GetMapping("/keys/rotation.json")
    ResponseEntity<List<Usage>> rotation(@AuthenticationPrincipal ConsoleUser user) {
        try {
            custody.follow();
            return json(
                    rotation.progress(user.community()).stream().map(Usage::of).toList());
        } catch (KeyServiceException e) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE, e.reason().english(), e);
        }
    }

    @GetMapping("/keys/blast.json")
    ResponseEntity<Blast> blast(
            @AuthenticationPrincipal ConsoleUser user,
            @RequestParam(required = false) @Nullable String sam,
            @RequestParam(required = false) @Nullable Long device,
            @RequestParam(required = false) @Nullable String card,
            @RequestParam(required = false) @Nullable String key) {
        custody.follow();
        try {
            return json(answer(user, sam, device, card, key)
                    .map(Blast::of)
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        } catch (KeyServiceException | ModelException | IllegalArgumentException | MalformedInput e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "expected one of sam, device, card, key", e);
        }
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private Optional<Answer> answer(
            ConsoleUser user,
            @Nullable String sam,
            @Nullable Long device,
            @Nullable String card,
            @Nullable String key) {
        if (sam != null) {
            return blast.ofSam(user.community(), sam.toUpperCase(Locale.ROOT));
        }
        if (device != null) {
            return blast.ofDevice(user.community(), new DeviceId(device));
        }
        if (card != null) {
            return blast.ofCard(user.community(), CredentialNumber.parse(card));
        }
        if (key != null) {
            return Optional.of(blast.ofMaster(user.community(), KeyRef.parse(key)));
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
}
