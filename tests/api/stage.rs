//! The people of the Basel case: those of the State of release, of the two
//! States in reach, of one that is not, and of the instance.

use crate::harness::{Account, House, basel};
use outcross::domain::account::Role;

/// Everybody on stage.
pub struct Stage {
    pub house: House,
    /// Contact point of the State of release.
    pub ch: Account,
    /// Duty officer of the State of release.
    pub ch_officer: Account,
    /// Ministry of the State of release.
    pub ch_ministry: Account,
    /// Contact point of a State in reach.
    pub de: Account,
    /// Contact point of another State in reach.
    pub fr: Account,
    /// Contact point of the European Union, of which both are members.
    pub eu: Account,
    /// Contact point of a State that is not told.
    pub jp: Account,
    /// Duty officer of the instance.
    pub officer: Account,
}

impl Stage {
    pub async fn set() -> Self {
        let house = House::new().await;
        Self {
            ch: house.focal_point("CH").await,
            ch_officer: house.account("CH", Role::DutyOfficer).await,
            ch_ministry: house.account("CH", Role::Ministry).await,
            de: house.focal_point("DE").await,
            fr: house.focal_point("FR").await,
            eu: house.focal_point("EU").await,
            jp: house.focal_point("JP").await,
            officer: house.account("", Role::DutyOfficer).await,
            house,
        }
    }

    /// The stage, with the case reported by the State of release.
    pub async fn with_basel() -> (Self, String) {
        let stage = Self::set().await;
        let id = stage.ch.report(&basel("exercise")).await;
        (stage, id)
    }

    /// The stage, with the case reported by a laboratory of another State.
    pub async fn with_basel_unverified() -> (Self, Account, String) {
        let stage = Self::set().await;
        let laboratory = stage.house.account("JP", Role::Reporter).await;
        let id = laboratory.report(&basel("exercise")).await;
        (stage, laboratory, id)
    }
}
