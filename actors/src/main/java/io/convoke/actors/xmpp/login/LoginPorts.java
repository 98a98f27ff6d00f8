package io.convoke.actors.xmpp.login;

import akka.actor.typed.RecipientRef;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.user.UserDirectory;
import java.util.function.Function;

/**
 * What logins need of others.
 *
 * @param throttle used by this alone
 * @param accounts where a guest's account is, by user ID
 */
record LoginPorts(
        NodeContext node,
        UserDirectory users,
        CredentialStore credentials,
        PasscodeThrottle throttle,
        SaslMachines machines,
        Function<String, RecipientRef<GuestAccount.Command>> accounts) {}
