"""Elasticsearch or OpenSearch, for several machines: the same plan, the same tokens, the same order.

dsl        the one door to elasticsearch_dsl
nodes      what makes the client speak with OpenSearch
client     from SEARCH_URL to a connection
document   what the index holds: its mapping, and a contribution as a row of it
translate  a plan in the server's words, always inside the audience of its viewer
engine     the contract
"""
