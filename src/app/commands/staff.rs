//! `staff`

use serde_json::json;

use super::{Outcome, Printed, configuration};
use crate::{
    accounts::{
        PersonName,
        acting::beginning,
        staff::{self, Branch, Invitation, Role, StaffError},
    },
    app::{
        cli::{Common, StaffInvitation},
        portal::{Portal, PortalError},
    },
    platform::{Clock, keys::KeyRing},
};

/// Invites somebody from the operator's own machine, for which nobody has to be signed in. That is how a city gets
/// its first administrator.
pub(in crate::app) async fn staff_invite(common: &Common, asked: &StaffInvitation) -> Result<(), Outcome> {
    let config = configuration(common)?;
    let db = Portal::database(&config)?;
    db.check().map_err(PortalError::from)?;
    let ring = KeyRing::open_or_create(&config.keys).map_err(PortalError::from)?;
    let now = Clock::system().now();
    let wrong = |problem: &str| Outcome::Usage(problem.to_owned());
    let branch = Branch::parse(&asked.agency).ok_or_else(|| {
        wrong("--agency: a path of at most two parts in small letters, digits and hyphens, or / for the city")
    })?;
    let invitation = Invitation {
        login: staff::login_name(&asked.login)
            .ok_or_else(|| wrong("--login: 3 to 40 letters, digits, dots or hyphens"))?,
        name: PersonName::parse(&asked.name)
            .map_err(|_| wrong("--name: a person's name"))?
            .as_str()
            .to_owned(),
        role: Role::named(&asked.role)
            .ok_or_else(|| wrong("--role: administrator, manager, officer, integrator, auditor or helper"))?,
        branch: branch.clone(),
        ends_at: asked.until.and_then(|day| day.succ_opt()).map(beginning),
    };
    let name = asked.agency_name.clone().unwrap_or_else(|| asked.agency.clone());
    let invited = db
        .tx(move |c| {
            staff::add_branch(c, now, &Branch::city(), &Branch::city(), "/")?;
            if let Some(parent) = branch.parent() {
                staff::add_branch(c, now, &Branch::city(), &parent, parent.as_str())?;
            }
            staff::add_branch(c, now, &Branch::city(), &branch, &name)?;
            staff::invite(c, &ring, now, None, &invitation)
        })
        .await;
    let token = match invited {
        Ok((_, token)) => token,
        Err(StaffError::Taken) => return Err(wrong("--login: somebody has this login name already")),
        Err(StaffError::Term) => {
            return Err(wrong("--until: helpers need one, and it cannot be in the past"));
        }
        Err(error) => return Err(Outcome::unavailable(error)),
    };
    let origin = config.server.public_url.as_ref().map_or("", url::Url::as_str).trim_end_matches('/');
    let link = format!("{origin}/staff/join?token={token}");
    let mut out = Printed::new();
    if common.json {
        out.line(format_args!("{}", json!({ "link": link })));
    } else {
        out.line(format_args!("{link}"));
        if origin.is_empty() {
            out.line(format_args!(
                "It stands under the portal's own address, which server.public_url does not say."
            ));
        }
        out.line(format_args!("It works once, within 72 hours."));
    }
    Ok(())
}
