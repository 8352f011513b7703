"""Calls a mock by PyPI's msgraph-sdk. Prints a line for each call; status 1 when one fails."""

import asyncio
import sys

from kiota_abstractions.api_error import APIError
from kiota_abstractions.authentication.anonymous_authentication_provider import (
    AnonymousAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import (
    SendMailPostRequestBody,
)
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph_core.tasks.page_iterator import PageIterator

failures = 0


async def attempt(name, call):
    global failures
    try:
        await call()
        print(f"pass msgraph-sdk {name}")
    except Exception as error:  # Whatever it is, the next call is still worth making.
        failures += 1
        print(f"FAIL msgraph-sdk {name}: {type(error).__name__}: {error}")


async def main(base_url):
    adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
    adapter.base_url = base_url
    graph = GraphServiceClient(request_adapter=adapter)
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        select=["id", "displayName", "mail", "businessPhones"], top=2
    )
    options = RequestConfiguration(query_parameters=query)

    async def list_users():
        page = await graph.users.get(request_configuration=options)
        assert len(page.value) == 2, page.value
        assert page.value[0].display_name, page.value[0]

    async def page_on():
        page = await graph.users.get(request_configuration=options)
        iterator = PageIterator(page, adapter)
        users = []
        await iterator.iterate(lambda user: users.append(user.id) or True)
        assert len(users) == len(set(users)) > 2, users

    async def get():
        me = await graph.me.get()
        assert me.display_name == "Nadia Okafor", me.display_name

    async def create():
        event = Event(subject="Tide", body=ItemBody(content_type=BodyType.Html, content="Low"))
        created = await graph.me.events.post(event)
        assert created.id and created.subject, created

    async def update_with_null():
        message = Message(subject="Moved", categories=None)
        message.additional_data = {"flag": None}
        updated = await graph.me.messages.by_message_id("AAMk").patch(message)
        assert updated.id, updated

    async def action():
        address = EmailAddress(address="tomas@contoso.com")
        body = SendMailPostRequestBody(
            message=Message(
                subject="Varnish",
                body=ItemBody(content_type=BodyType.Text, content="Two tins."),
                to_recipients=[Recipient(email_address=address)],
            ),
            save_to_sent_items=False,
        )
        await graph.me.send_mail.post(body)

    async def error():
        try:
            await graph.planner.get()
        except APIError as error:
            assert error.response_status_code == 404, error.response_status_code
            assert "not documented" in error.error.message, error.error.message
            assert error.error.inner_error.request_id, error.error.inner_error
        else:
            raise AssertionError("what the docs do not have was answered")

    await attempt("list", list_users)
    await attempt("page on", page_on)
    await attempt("get", get)
    await attempt("create", create)
    await attempt("update with null", update_with_null)
    await attempt("action", action)
    await attempt("error", error)


asyncio.run(main(sys.argv[1]))
sys.exit(1 if failures else 0)
