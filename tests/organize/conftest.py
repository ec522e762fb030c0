"""Colleagues at the desk of the small race."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import writing
from base.web import part_of
from people.model import Role
from people.store.accounts import add_account
from people.store.unions import first_union

Colleague = Callable[[Role], FlaskClient]


@pytest.fixture
def colleague(app: Flask, organizer: FlaskClient) -> Colleague:
    """Signs a colleague of the organizer in, in a role."""

    def signed_in(role: Role) -> FlaskClient:
        with writing(part_of(app, Engine)) as connection:
            account = add_account(connection, f"同事{role}", "-", first_union(connection), role, 1)
        browser = app.test_client()
        with browser.session_transaction() as session:
            session.update(account=account.id, epoch=account.epoch)
        return browser

    return signed_in
