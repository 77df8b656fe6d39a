package io.zhitong.backend.register.web;

import io.zhitong.backend.devices.LinkServers;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.identity.Allowed;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.register.DeviceRegister;
import io.zhitong.backend.register.RegisterRefusedException;
import io.zhitong.backend.vault.BackendIdentity;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.machinetls.Pem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Enrolment tokens and the sheet an installer takes along (注册码与安装单). The answer to the form is the only place where a token's
 * text stands: it is not kept, and a page that was left cannot be had again.
 */
@Controller
@Allowed(Role.ADMIN)
class TokenPage {
    private final DeviceRegister register;
    private final DevicePages pages;
    private final DeviceView view;
    private final LinkServers link;
    private final BackendIdentity identity;
    private final Estate estate;
    private final ZhitongSettings settings;
    private final String deviceHost;

    TokenPage(
            DeviceRegister register,
            DevicePages pages,
            DeviceView view,
            LinkServers link,
            BackendIdentity identity,
            Estate estate,
            ZhitongSettings settings,
            @Value("${zhitong.device-host:}") String deviceHost) {
        this.register = register;
        this.pages = pages;
        this.view = view;
        this.link = link;
        this.identity = identity;
        this.estate = estate;
        this.settings = settings;
        this.deviceHost = deviceHost;
    }

    /**
     * What is printed with a token.
     *
     * @param host where devices reach this backend
     * @param sm2 SHA-256 of the authority's certificate, empty while there is none
     */
    record Sheet(String community, String host, int linkPort, int enrolPort, String sm2, String p256) {}

    @PostMapping(DevicePages.PATH + "/{number}/token")
    String issue(
            @AuthenticationPrincipal ConsoleUser user,
            @PathVariable long number,
            @RequestParam(defaultValue = "false") boolean replacement,
            @RequestParam(defaultValue = "false") boolean living,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var device = DevicePages.address(user, number);
            String token = replacement
                    ? register.issueReplacement(device, living, user.actor())
                    : register.issue(device, user.actor());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            model.addAttribute("token", token);
            model.addAttribute(
                    "whole", view.whole(device, DevicePages.english(locale)).orElseThrow());
            model.addAttribute("sheet", sheet(user, request));
            return "register/token";
        } catch (RegisterRefusedException e) {
            return DevicePages.refused(e.reason(), model, response, pages.one(user, number, model, locale));
        }
    }

    private Sheet sheet(ConsoleUser user, HttpServletRequest request) {
        return new Sheet(
                estate.community(user.community()).map(Community::name).orElse(""),
                host(request),
                link.linkPort().orElse(settings.linkListenPort()),
                link.enrolmentPort().orElse(settings.enrolListenPort()),
                fingerprint(MachineProfile.SM2),
                fingerprint(MachineProfile.P256));
    }

    /** As set; else where it listens; of a backend that listens everywhere, the name this browser knows it by. */
    private String host(HttpServletRequest request) {
        if (!deviceHost.isEmpty()) {
            return deviceHost;
        }
        try {
            boolean everywhere = InetAddress.getByName(settings.address()).isAnyLocalAddress();
            return everywhere ? request.getServerName() : settings.address();
        } catch (UnknownHostException e) {
            return settings.address();
        }
    }

    private String fingerprint(MachineProfile profile) {
        try {
            return fingerprint(identity.authority(profile));
        } catch (KeyServiceException e) {
            return "";
        }
    }

    /** As {@code openssl x509 -fingerprint -sha256} prints it. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every Java has SHA-256, and this certificate was read from its bytes", e);
        }
    }

    /** The authority a device pins; it is public. */
    @GetMapping(DevicePages.PATH + "/authority/{profile}")
    ResponseEntity<String> authority(@PathVariable MachineProfile profile) {
        try {
            String file = profile == MachineProfile.SM2 ? "ca.pem" : "ca-p256.pem";
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType("application/x-pem-file"))
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + file)
                    .body(Pem.ofCertificates(List.of(identity.authority(profile))));
        } catch (KeyServiceException e) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        }
    }
}
